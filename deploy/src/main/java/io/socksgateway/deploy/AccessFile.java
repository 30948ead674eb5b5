package io.socksgateway.deploy;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
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
 * <p>A disk may become full in the middle of a line. What is written of it stays, as whoever follows the file may have read it
 * already; it is ended before the next line begins, so that no other line is spoilt.
 *
 * <p>Confined to the writing thread.
 */
final class AccessFile implements Closeable {

    private final @Nullable Path path;
    private @Nullable WritableByteChannel out;
    private @Nullable Object key;
    private boolean torn;

    private AccessFile(@Nullable Path path) {
        this.path = path;
    }

    /** Writes to a channel that is no file. */
    AccessFile(WritableByteChannel out) {
        this.path = null;
        this.out = out;
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

    /** Some of the lines could not be written. */
    static final class Unwritten extends IOException {

        private static final long serialVersionUID = 1L;

        private final int written;

        private Unwritten(int written, IOException cause) {
            super(cause.getMessage(), cause);
            this.written = written;
        }

        /** How many lines were written nevertheless, to their end. */
        int written() {
            return written;
        }
    }

    /**
     * Appends lines, each of which has its end.
     *
     * @throws Unwritten if there was room for some of it at most
     */
    void append(CharSequence lines) throws IOException {
        if (path != null && !isCurrent(path)) {
            reopen();
        }
        WritableByteChannel current = out;
        if (current == null) {
            throw new IOException("not open");
        }
        if (torn) {
            write(current, ByteBuffer.wrap(new byte[] {'\n'}));
            torn = false;
        }
        ByteBuffer octets = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        try {
            write(current, octets);
        } catch (IOException e) {
            octets.flip();
            torn = octets.hasRemaining() && octets.get(octets.limit() - 1) != '\n';
            throw new Unwritten(lines(octets), e);
        }
    }

    private static void write(WritableByteChannel out, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            int unused = out.write(octets);
        }
    }

    private static int lines(ByteBuffer octets) {
        int lines = 0;
        while (octets.hasRemaining()) {
            lines += octets.get() == '\n' ? 1 : 0;
        }
        return lines;
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
            out = new FileOutputStream(FileDescriptor.out).getChannel();
            return;
        }
        close();
        out = Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        key = identity(path);
        torn = false;
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
