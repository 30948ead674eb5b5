package io.socksgateway.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of users, in UTF-8 and of at most 64 MiB: JSON if it begins with a brace or bracket, else as Apache's htpasswd writes it.
 * Everything here blocks.
 */
final class UserFile {

    static final int MAX_OCTETS = 64 << 20;

    private UserFile() {}

    /**
     * Reads the users.
     *
     * @throws UserSourceException if the file cannot be read or anything in it is wrong
     */
    static UserTable read(Path path) {
        String text = decode(path, octets(path));
        UserTable.Builder users = new UserTable.Builder();
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            JsonUsersFormat.read(path.toString(), text, users);
        } else {
            HtpasswdFormat.read(path.toString(), text, users);
        }
        return users.build();
    }

    private static byte[] octets(Path path) {
        // A device or pipe in its place could have no end, or block for ever.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw problem(path + ": not a file");
        }
        try (InputStream file = Files.newInputStream(path)) {
            byte[] octets = file.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw problem(path + ": too large (expected: up to 64 MiB)");
            }
            return octets;
        } catch (NoSuchFileException e) {
            throw problem(path + ": there is no such file");
        } catch (IOException e) {
            throw problem(path + ": cannot be read: " + e);
        }
    }

    private static String decode(Path path, byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(octets.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            long line = 1 + text.chars().filter(c -> c == '\n').count();
            throw problem(path + ":" + line + ": this is not UTF-8");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static UserSourceException problem(String what) {
        return new UserSourceException(List.of(what));
    }
}
