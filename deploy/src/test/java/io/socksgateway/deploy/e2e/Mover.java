package io.socksgateway.deploy.e2e;

import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client that moves octets as fast as it may, until its tunnel ends or it is closed. */
final class Mover implements AutoCloseable {

    private static final int PART = 16 << 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final SocksClient client;
    private final AtomicLong received = new AtomicLong(1); // the greeting
    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean paused;
    private volatile boolean resting;
    private volatile boolean closed;

    private Mover(SocksClient client) {
        this.client = client;
    }

    /** Sends to the target. */
    static Mover up(SocksClient client) throws IOException {
        Mover mover = new Mover(client);
        client.socket().setSendBufferSize(PART); // what waits here would be on the way when it pauses
        mover.run(mover::sendAll);
        return mover;
    }

    /** Reads what the target sends. */
    static Mover down(SocksClient client) {
        Mover mover = new Mover(client);
        mover.run(mover::readAll);
        return mover;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try (client) {
                        work.run();
                    } catch (IOException e) {
                        // the gateway has cut it off, or the test has
                    } finally {
                        ended.countDown();
                    }
                },
                "mover");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendAll() throws IOException {
        Socket socket = client.socket();
        byte[] part = new byte[PART];
        part[0] = ObservedTarget.SINK;
        while (!closed) {
            if (paused) {
                resting = true;
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                resting = false;
                socket.getOutputStream().write(part);
                sent.addAndGet(PART);
            }
        }
    }

    private void readAll() throws IOException {
        client.send(new byte[] {ObservedTarget.SOURCE});
        byte[] part = new byte[PART];
        for (int count = 0; count >= 0; count = client.socket().getInputStream().read(part)) {
            received.addAndGet(count);
        }
    }

    /** Of one that sends. */
    void pause(boolean pause) {
        paused = pause;
    }

    /** Whether it is paused, and sends nothing any more. */
    boolean isResting() {
        return paused && resting;
    }

    /** Octets that the target will get, if nothing cuts off those that are still on the way. */
    long sent() {
        return sent.get();
    }

    /** Octets that have come from the target. */
    long received() {
        return received.get();
    }

    boolean awaitEnd(long millis) {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** At once: the gateway would go on with what it has taken, as fast as the quota lets it. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            client.reset();
        } catch (SocketException e) {
            // it has ended by itself
        }
    }
}
