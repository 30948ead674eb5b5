package io.socksgateway.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A loopback address that does not answer: a listener whose queue is full drops what comes. */
public final class Blackhole implements AutoCloseable {

    /** How many connections in a row have to stay unanswered, each for so many milliseconds: a pause counts as one. */
    private static final int UNANSWERED = 4;

    private static final int ANSWER_MILLIS = 50;
    private static final int MOST = 16;

    private final ServerSocketChannel server;
    private final List<SocketChannel> queued = new ArrayList<>();

    private Blackhole(ServerSocketChannel server) {
        this.server = server;
    }

    public static Blackhole open() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        Blackhole hole = new Blackhole(server);
        for (int unanswered = 0; unanswered < UNANSWERED; ) {
            unanswered = hole.answers() ? 0 : unanswered + 1;
            if (hole.queued.size() > MOST) {
                throw new AssertionError("the queue does not fill up");
            }
        }
        return hole;
    }

    private boolean answers() throws IOException {
        SocketChannel client = SocketChannel.open();
        queued.add(client);
        client.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            if (client.connect(address())) {
                return true;
            }
            client.register(selector, SelectionKey.OP_CONNECT);
            return selector.select(ANSWER_MILLIS) > 0;
        }
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel client : queued) {
            client.close();
        }
        server.close();
    }
}
