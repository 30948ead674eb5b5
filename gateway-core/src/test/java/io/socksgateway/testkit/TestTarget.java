package io.socksgateway.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on a free loopback port; what it does with a connection is up to the test. */
public final class TestTarget implements AutoCloseable {

    /** What to do with a connection, on a thread of its own; it is closed afterwards. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Socket connection) throws IOException;
    }

    private final ServerSocket server;
    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private TestTarget(ServerSocket server) {
        this.server = server;
    }

    /** Sends back what it gets, and its FIN after the client's. */
    public static TestTarget echo() throws IOException {
        return serving(connection -> connection.getInputStream().transferTo(connection.getOutputStream()));
    }

    /** Leaves connections to {@link #accept}. */
    public static TestTarget manual() throws IOException {
        return on(InetAddress.getLoopbackAddress(), null, 0);
    }

    public static TestTarget serving(Behaviour behaviour) throws IOException {
        return on(InetAddress.getLoopbackAddress(), behaviour, 0);
    }

    /**
     * A target on a free port of an address.
     *
     * @param receiveBuffer octets for each connection, or 0 for the system's default
     */
    public static TestTarget on(InetAddress address, @Nullable Behaviour behaviour, int receiveBuffer)
            throws IOException {
        ServerSocket server = ServerSocketChannel.open().socket();
        if (receiveBuffer > 0) {
            server.setReceiveBufferSize(receiveBuffer);
        }
        server.bind(new InetSocketAddress(address, 0), 4_096);
        TestTarget target = new TestTarget(server);
        Thread acceptor = new Thread(() -> target.acceptAll(behaviour), "test-target");
        acceptor.setDaemon(true);
        acceptor.start();
        return target;
    }

    private void acceptAll(@Nullable Behaviour behaviour) {
        try {
            while (true) {
                Socket connection = server.getChannel().accept().socket();
                mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                if (behaviour == null) {
                    connection.setSoTimeout(30_000);
                    accepted.add(connection);
                } else {
                    Thread thread = new Thread(() -> serve(connection, behaviour), "test-target-connection");
                    thread.setDaemon(true);
                    thread.start();
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            behaviour.serve(connection);
        } catch (IOException e) {
            // the test looks at the other end
        } finally {
            open.decrementAndGet();
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The next connection of a {@link #manual} target; fails after 30 seconds. */
    public Socket accept() throws InterruptedException {
        Socket connection = accepted.poll(30, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("no connection in 30 s");
        }
        return connection;
    }

    /** Whether nobody has connected yet that was not accepted. */
    public boolean isUntouched() {
        return accepted.isEmpty() && mostOpen.get() == 0;
    }

    /** The most connections that were open at one time, for behaviours that end with the connection. */
    public int mostOpen() {
        return mostOpen.get();
    }

    public int open() {
        return open.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : accepted) {
            connection.close();
        }
    }
}
