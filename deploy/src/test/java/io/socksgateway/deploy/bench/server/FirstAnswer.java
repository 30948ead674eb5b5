package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The moment at which a server that was started serves its first client. */
final class FirstAnswer {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int ANSWER_MILLIS = 2_000;

    private FirstAnswer() {}

    /** Connects until somebody answers the greeting, or only accepts if that is not asked for. */
    static void await(InetSocketAddress server, boolean greets, Process process, double seconds) throws IOException {
        long start = System.nanoTime();
        while (!answers(server, greets)) {
            if (!process.isAlive()) {
                throw new IOException("ended with " + process.exitValue());
            }
            if (System.nanoTime() - start > seconds * 1e9) {
                throw new IOException("no answer in " + seconds + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean answers(InetSocketAddress server, boolean greets) {
        try (SocketChannel channel = SocketChannel.open(server)) {
            if (!greets) {
                return true;
            }
            channel.write(ByteBuffer.wrap(new byte[] {5, 1, 0}));
            channel.socket().setSoTimeout(ANSWER_MILLIS);
            return channel.socket().getInputStream().read() == 5;
        } catch (IOException e) {
            return false;
        }
    }
}
