package io.socksgateway.core.relay.tunnel;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Linux' {@code splice}: moves octets between a pipe and a socket without a copy in our memory. */
final class Splice {

    private static final long NO_OFFSET = -1;

    /** Tries before the self-test gives up; each is one system call on loopback. */
    private static final int TRIES = 100_000;

    private Splice() {}

    /**
     * Moves octets.
     *
     * @return how many; 0 if there are none, or no room for them
     * @throws IOException if a connection is broken
     */
    static int move(FileDescriptor from, FileDescriptor to, int most) throws IOException {
        return Native.splice(from.intValue(), NO_OFFSET, to.intValue(), NO_OFFSET, most);
    }

    /**
     * Splices some octets through two connections on loopback, as a sandbox may forbid the call and an emulated kernel
     * may not have it. Takes well under a millisecond.
     *
     * @return whether they came out as they went in
     */
    static boolean works() {
        byte[] sent = "spliced".getBytes(StandardCharsets.US_ASCII);
        try (Pair in = Pair.open();
                Pair out = Pair.open()) {
            Pipes.Pipe pipe = Pipes.Pipe.open();
            try {
                ByteBuffer buffer = ByteBuffer.allocateDirect(sent.length).put(sent);
                boolean moved = in.near().send(buffer, 0, sent.length) == sent.length
                        && all(() -> pipe.fill(in.far(), sent.length), sent.length)
                        && all(() -> pipe.drain(out.near()), sent.length);
                buffer.clear().put(new byte[sent.length]).clear();
                return moved
                        && all(() -> out.far().recv(buffer, 0, sent.length), sent.length)
                        && buffer.equals(ByteBuffer.wrap(sent));
            } finally {
                pipe.close();
            }
        } catch (IOException | ChannelException e) {
            return false;
        }
    }

    private interface Attempt {
        int make() throws IOException;
    }

    private static boolean all(Attempt attempt, int expected) throws IOException {
        int done = 0;
        for (int i = 0; i < TRIES && done == 0; i++) {
            done = attempt.make();
        }
        return done == expected;
    }

    /** The two ends of a connection on loopback. */
    private record Pair(Socket near, Socket far) implements AutoCloseable {

        static Pair open() throws IOException {
            Socket listener = Socket.newSocketStream();
            try {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                listener.listen(1);
                Socket near = Socket.newSocketStream();
                try {
                    boolean connected = near.connect(listener.localAddress());
                    for (int i = 0; i < TRIES && !connected; i++) {
                        connected = near.finishConnect();
                    }
                    byte[] peer = new byte[128];
                    int accepted = -1;
                    for (int i = 0; i < TRIES && accepted < 0; i++) {
                        accepted = listener.accept(peer);
                    }
                    if (accepted < 0) {
                        throw new IOException("nobody connected");
                    }
                    return new Pair(near, new Socket(accepted));
                } catch (IOException e) {
                    near.close();
                    throw e;
                }
            } finally {
                listener.close();
            }
        }

        @Override
        public void close() throws IOException {
            near.close();
            far.close();
        }
    }
}
