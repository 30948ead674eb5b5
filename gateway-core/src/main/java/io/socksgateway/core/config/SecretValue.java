package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A secret: a string, {@code {"env": "NAME"}}, or {@code {"file": "PATH"}} without the file's final line break. What it
 * says is in no message. Reads files of at most 64 KiB, and blocks while it does.
 *
 * @param folder what a relative path is relative to
 * @param environment the environment's variables, null for one that is not set
 * @param ifPlain the hint if it stands in the document itself
 */
record SecretValue(Path folder, Function<String, @Nullable String> environment, String ifPlain)
        implements Kind<Secret> {

    private static final int LIMIT = 64 * 1024;
    private static final String MAKE_A_HASH = "socks-gateway hash makes a hash to put here instead";
    private static final String KEEP_ELSEWHERE =
            "{\"env\": \"NAME\"} or {\"file\": \"PATH\"} keeps it out of this file";
    private static final String FORMS = "a string, {\"env\": \"NAME\"} or {\"file\": \"PATH\"}";

    /** A password: a hash of it will do. */
    SecretValue(Path folder, Function<String, @Nullable String> environment) {
        this(folder, environment, MAKE_A_HASH);
    }

    /** One of which a hash is of no use. */
    static SecretValue neededAsItIs(Path folder, Function<String, @Nullable String> environment) {
        return new SecretValue(folder, environment, KEEP_ELSEWHERE);
    }

    /** The same, for one of which a hash is of no use. */
    SecretValue neededAsItIs() {
        return neededAsItIs(folder, environment);
    }

    @Override
    public @Nullable Secret read(Cursor at) {
        if (at.value() instanceof String text) {
            if (!text.isEmpty() && isPlain(text)) {
                at.findings().warn(at.path(), "is in plain text", ifPlain);
            }
            return secret(text, at, "an empty string");
        }
        if (at.value() instanceof JsonObject reference) {
            return Section.read(at, reference, section -> resolve(section, at));
        }
        at.fail(Shown.typeOf(at.value()), "expected: " + FORMS);
        return null;
    }

    /** Whether a value is no hash: hashes begin with their scheme in braces, or with a dollar sign. */
    static boolean isPlain(String value) {
        return !value.startsWith("{") && !value.startsWith("$");
    }

    private @Nullable Secret resolve(Section section, Cursor at) {
        String variable = section.optional("env", NameText.NAME);
        Path file = section.optional("file", new PathText(folder, false));
        if (section.has("env") == section.has("file")) {
            at.fail("has " + (section.has("env") ? "two sources" : "no source"), "expected: " + FORMS);
            return null;
        }
        if (variable != null) {
            String value = environment.apply(variable);
            return secret(value == null ? "" : value, at, "the environment's " + variable + " is not set");
        }
        return file == null ? null : readFile(file, at);
    }

    private static @Nullable Secret readFile(Path file, Cursor at) {
        String name = Shown.quoted(file.toString());
        at.findings().secretFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                at.fail("the file " + name + " is longer than 64 KiB", "expected: a file with the secret alone");
                return null;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return secret(text.replaceFirst("\r?\n\\z", ""), at, "the file " + name + " is empty");
        } catch (CharacterCodingException e) {
            at.fail("the file " + name + " is not UTF-8", "expected: a file with the secret as text");
        } catch (IOException e) {
            at.fail("the file " + name + " cannot be read: " + FileTrouble.of(e), "");
        }
        return null;
    }

    private static @Nullable Secret secret(String value, Cursor at, String ifEmpty) {
        if (value.isEmpty()) {
            at.fail(ifEmpty, "expected: a secret of at least one character");
            return null;
        }
        return new Secret(value);
    }

    @Override
    public String expected() {
        return FORMS;
    }
}
