package io.socksgateway.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of certificates or keys, as text. What it says is in no message.
 *
 * <p>Immutable.
 */
record PemFile(Path path, String text) {

    private static final int LIMIT = 1 << 20;

    /** What messages call it. */
    String name() {
        return Shown.quoted(path.toString());
    }

    /** Leaves the text out, which may hold a key. */
    @Override
    public String toString() {
        return "PemFile[" + path + "]";
    }

    /** Reads the file that a path leads to, of at most 1 MiB; blocks while it does. */
    record FromPath(PathText file) implements Kind<PemFile> {

        @Override
        public @Nullable PemFile read(Cursor at) {
            Path path = file.read(at);
            if (path == null) {
                return null;
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] octets = in.readNBytes(LIMIT + 1);
                PemFile found = new PemFile(path, new String(octets, StandardCharsets.ISO_8859_1));
                if (octets.length > LIMIT) {
                    at.fail("the file " + found.name() + " is longer than 1 MiB", "expected: a file in PEM");
                    return null;
                }
                return found;
            } catch (IOException e) {
                at.fail("the file " + Shown.quoted(path.toString()) + " cannot be read: " + FileTrouble.of(e), "");
                return null;
            }
        }

        @Override
        public String expected() {
            return file.expected();
        }
    }
}
