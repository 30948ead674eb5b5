package io.socksgateway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A stream of octets that shows when some of it is missing, twice there or out of order. */
public final class Octets {

    private static final int CHUNK = 65_536;
    /** How often nothing is taken, and for how many milliseconds each time, until nothing more is: a pause counts once. */
    private static final int STALLS = 8;

    private static final int STALL_MILLIS = 25;

    private Octets() {}

    /** The part of the stream that begins at a position. */
    public static byte[] part(long from, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            long position = from + i;
            octets[i] = (byte) (position ^ (position >>> 8) * 7 ^ (position >>> 16) * 31);
        }
        return octets;
    }

    /** Sends the stream from its beginning. */
    public static void send(OutputStream out, long length) throws IOException {
        for (long sent = 0; sent < length; sent += CHUNK) {
            out.write(part(sent, (int) Math.min(CHUNK, length - sent)));
        }
    }

    /** SHA-256 of the first so many octets of the stream. */
    public static String digest(long length) {
        MessageDigest digest = sha256();
        for (long position = 0; position < length; position += CHUNK) {
            digest.update(part(position, (int) Math.min(CHUNK, length - position)));
        }
        return Hex.text(digest.digest());
    }

    /** Reads so many octets and returns their SHA-256. */
    public static String digest(InputStream in, long length) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK];
        long left = length;
        while (left > 0) {
            int count = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            if (count < 0) {
                throw new AssertionError("end with " + left + " of " + length + " octets missing");
            }
            digest.update(chunk, 0, count);
            left -= count;
        }
        return Hex.text(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the stream until nothing more is taken for a while; returns how many octets were. */
    public static long fill(Socket socket) throws IOException {
        return fill(socket, Long.MAX_VALUE);
    }

    /** As {@link #fill(Socket)}, but not more than so many octets. */
    public static long fill(Socket socket, long most) throws IOException {
        if (socket instanceof WrappedSocket wrapped) {
            return wrapped.fill(most);
        }
        SocketChannel channel = socket.getChannel();
        channel.configureBlocking(false);
        long taken = 0;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (taken < most && isWritable(selector)) {
                selector.selectedKeys().clear();
                taken += channel.write(ByteBuffer.wrap(part(taken, (int) Math.min(CHUNK, most - taken))));
            }
        }
        channel.configureBlocking(true);
        return taken;
    }

    /** Waits until something is taken, or for a while. */
    static boolean isWritable(Selector selector) throws IOException {
        for (int i = 0; i < STALLS; i++) {
            if (selector.select(STALL_MILLIS) > 0) {
                return true;
            }
        }
        return false;
    }
}
