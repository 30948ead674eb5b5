package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretValueTest {

    private final Path folder;

    SecretValueTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{argon2id}$argon2id$v=19$x", "$argon2id$v=19$x", "$2y$05$x", "$apr1$x", "{SHA}x="})
    void hashesPassUntouchedAndWithoutWarning(String hash) {
        LoadedConfig.Valid loaded = valid("\"" + hash + "\"");

        assertThat(password(loaded)).isEqualTo(hash);
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void plainTextWorksAndIsWarnedAboutWithoutBeingShown() {
        LoadedConfig.Valid loaded = valid("\"hunter2\"");

        assertThat(password(loaded)).isEqualTo("hunter2");
        assertThat(loaded.warnings()).extracting(ConfigWarning::path).containsExactly("auth.users[0].password");
        assertThat(loaded.toString()).doesNotContain("hunter2");
    }

    @Test
    void theEnvironmentAndFilesHoldSecretsWithoutWarning() throws IOException {
        Files.writeString(folder.resolve("unix"), " s3cret\n");
        Files.writeString(folder.resolve("dos"), "s3cret\r\n");
        Files.writeString(folder.resolve("two"), "s3cret\n\n");

        assertThat(password(valid("{\"env\":\"SECRET\"}"))).isEqualTo("s3cret");
        assertThat(password(valid("{\"file\":\"unix\"}"))).isEqualTo(" s3cret");
        assertThat(password(valid("{\"file\":\"./dos\"}"))).isEqualTo("s3cret");
        assertThat(password(valid("{\"file\":\"two\"}"))).isEqualTo("s3cret\n");
        assertThat(password(valid("{\"file\":\"" + folder.resolve("unix") + "\"}")))
                .isEqualTo(" s3cret");
        assertThat(valid("{\"file\":\"unix\"}").warnings()).isEmpty();
    }

    @Test
    void theFilesThatWereReadAreToldInTheVersionThatWasRead() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "s3cret");
        LoadedConfig.Valid loaded = valid("{\"file\":\"file\"}");

        assertThat(loaded.secretFiles()).containsOnlyKeys(file).isEqualTo(ConfigLoader.versions(file, Set.of()));
        Files.writeString(file, "another");
        assertThat(loaded.secretFiles()).isNotEqualTo(ConfigLoader.versions(file, Set.of()));
        assertThat(valid("{\"env\":\"SECRET\"}").secretFiles()).isEmpty();
    }

    /** So that somebody can wait for it. */
    @Test
    void aFileThatIsMissingIsToldToo() {
        LoadedConfig invalid = read(document("{\"file\":\"missing\"}"));

        assertThat(invalid).isInstanceOf(LoadedConfig.Invalid.class);
        assertThat(invalid.secretFiles()).containsExactly(Map.entry(folder.resolve("missing"), Optional.empty()));
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("empty"), "\n");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);

        assertError(
                "{\"file\":\"missing\"}", "auth.users[0].password", "missing\" cannot be read: there is no such file");
        assertError("{\"file\":\"folder\"}", "auth.users[0].password", "folder\" cannot be read: is a directory");
        assertError("{\"file\":\"empty\"}", "auth.users[0].password", "empty\" is empty");
        assertError("{\"file\":\"binary\"}", "auth.users[0].password", "binary\" is not UTF-8");
        assertError("{\"file\":\"large\"}", "auth.users[0].password", "longer than 64 KiB");
    }

    @Test
    void formsThatAreNoneAreErrors() {
        assertError("{}", "auth.users[0].password", "has no source");
        assertError("{\"env\":\"SECRET\",\"file\":\"x\"}", "auth.users[0].password", "has two sources");
        assertError("{\"env\":7}", "auth.users[0].password.env", "7");
        assertError("{\"env\":\"SECRET\",\"key\":\"x\"}", "auth.users[0].password.key", "is no known key");
        assertError("\"\"", "auth.users[0].password", "an empty string");
        assertError("null", "auth.users[0].password", "null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"427001", "[\"427001\"]", "true"})
    void aSecretOfTheWrongTypeIsNotShown(String value) {
        assertThat(errors(value)).hasSize(1).allSatisfy(error -> assertThat(error.toString())
                .startsWith("auth.users[0].password: a ")
                .doesNotContain("427001"));
    }

    @Test
    void aPlainPasswordThatNoClientCanSendIsAnError() {
        assertThat(password(valid("\"" + "x".repeat(255) + "\""))).hasSize(255);
        assertError("\"" + "x".repeat(256) + "\"", "auth.users[0].password", "longer than 255 bytes");
        assertThat(password(valid("\"$" + "x".repeat(300) + "\""))).hasSize(301);
    }

    @Test
    void authenticatorFilesMustBeThere() throws IOException {
        Files.writeString(folder.resolve("users.json"), "[]");
        LoadedConfig loaded = read(new JsonObject(
                "{\"auth\":{\"authenticators\":[{\"name\":\"f\",\"type\":\"file\",\"path\":\"users.json\"}]}}"));
        LoadedConfig missing =
                read(new JsonObject("{\"auth\":{\"authenticators\":[{\"type\":\"file\",\"path\":\"nope.json\"}]}}"));

        GatewayConfig config = ((LoadedConfig.Valid) loaded).config();
        assertThat(config.auth().authenticators())
                .containsExactly(new AuthenticatorConfig.UserFile("f", folder.resolve("users.json")));
        assertThat(config.listeners().get(0).auth()).containsExactly("userpass");
        assertThat(((LoadedConfig.Invalid) missing).errors()).singleElement().satisfies(error -> assertThat(
                        error.toString())
                .startsWith("auth.authenticators[0].path: \"nope.json\" (there is no file to read at"));
    }

    private void assertError(String password, String path, String message) {
        assertThat(errors(password)).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo(path);
            assertThat(error.message()).contains(message);
        });
    }

    private List<ConfigError> errors(String password) {
        return ((LoadedConfig.Invalid) read(document(password))).errors();
    }

    private LoadedConfig.Valid valid(String password) {
        return (LoadedConfig.Valid) read(document(password));
    }

    private LoadedConfig read(JsonObject document) {
        return new ConfigReader(folder, Documents.ENVIRONMENT::get).read(document);
    }

    private static String password(LoadedConfig.Valid loaded) {
        return loaded.config().auth().users().get(0).password().value();
    }

    private static JsonObject document(String password) {
        String text = "{\"auth\":{\"users\":[{\"name\":\"a\",\"password\":" + password + "}]}}";
        return new JsonObject(text);
    }
}
