package io.socksgateway.deploy;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file that access lines go to, or standard output. When the file was moved away, as log rotation does, the path is
 * opened anew.
 *
 * <p>Confined to the writing thread.
 */
final class AccessFile implements Closeable {

    private final @Nullable Path path;
    private @Nullable OutputStream out;
    private @Nullable Object key;

    private AccessFile(@Nullable Path path) {
        this.path = path;
    }

    /**
     * Opens it for appending.
     *
     * @param path a file, or {@code -} for standard output
     */
    static AccessFile open(String path) throws IOException {
        AccessFile file = new AccessFile(path.equals("-") ? null : Path.of(path));
        file.reopen();
        return file;
    }

    void append(CharSequence lines) throws IOException {
        if (path != null && !isCurrent(path)) {
            reopen();
        }
        OutputStream current = out;
        if (current == null) {
            throw new IOException("not open");
        }
        current.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isCurrent(Path current) throws IOException {
        try {
            return out != null && identity(current).equals(key);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void reopen() throws IOException {
        if (path == null) {
            out = new FileOutputStream(FileDescriptor.out);
            return;
        }
        close();
        out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        key = identity(path);
    }

    private static Object identity(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path : key;
    }

    @Override
    public void close() throws IOException {
        if (path != null && out != null) {
            out.close();
            out = null;
        }
    }

    @Override
    public String toString() {
        return path == null ? "standard output" : path.toString();
    }
}
