package io.socksgateway.deploy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients want to reach, and an observer of their tunnels who knows nothing of gateways: a thread that counts how many
 * are open at each instant, and their octets.
 *
 * <p>It greets each connection with {@code !}. The first octet it gets says what for: {@value #KEEP} keeps the connection
 * until {@value #QUIT} ends it, which it answers; {@value #SINK} reads all there is; {@value #SOURCE} writes without end.
 *
 * <p>Of what has happened when it looks, the ends of connections come before the beginnings. An end that a gateway knows of
 * has happened here before: so it never counts a tunnel together with one that was let in for it.
 */
final class ObservedTarget implements AutoCloseable {

    static final char KEEP = 'k';
    static final char QUIT = 'q';
    static final char SINK = 's';
    static final char SOURCE = 'd';

    private static final int PART = 64 << 10;

    private final Selector selector;
    private final InetAddress address;
    private final Thread thread = new Thread(this::observe, "observer");
    private final ByteBuffer in = ByteBuffer.allocateDirect(PART);
    private final ByteBuffer endless = ByteBuffer.allocateDirect(PART);

    private ObservedTarget(InetAddress address) throws IOException {
        this.address = address;
        this.selector = Selector.open();
        thread.setDaemon(true);
    }

    static ObservedTarget start(InetAddress address) throws IOException {
        ObservedTarget target = new ObservedTarget(address);
        target.thread.start();
        return target;
    }

    /** A new port, whose tunnels are counted apart from all others. */
    Site site() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(address, 0), 4_096);
        server.configureBlocking(false);
        Site site = new Site((InetSocketAddress) server.getLocalAddress());
        server.register(selector, SelectionKey.OP_ACCEPT, site);
        selector.wakeup();
        return site;
    }

    /** One port. Thread-safe. */
    static final class Site {
        private final InetSocketAddress address;
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger mostOpen = new AtomicInteger();
        private final AtomicLong accepted = new AtomicLong();
        private final AtomicLong received = new AtomicLong();

        private Site(InetSocketAddress address) {
            this.address = address;
        }

        InetSocketAddress address() {
            return address;
        }

        int open() {
            return open.get();
        }

        /** The most that were open at one instant since {@link #forgetMost}. */
        int mostOpen() {
            return mostOpen.get();
        }

        void forgetMost() {
            mostOpen.set(open.get());
        }

        long accepted() {
            return accepted.get();
        }

        /** Octets, those that say what is wanted among them. */
        long received() {
            return received.get();
        }
    }

    private void observe() {
        try {
            while (selector.isOpen()) {
                selector.select();
                List<SelectionKey> beginnings = new ArrayList<>();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.attachment() instanceof Connection connection) {
                        connection.serve(key);
                    } else {
                        beginnings.add(key);
                    }
                }
                selector.selectedKeys().clear();
                for (SelectionKey key : beginnings) {
                    accept(key);
                }
            }
        } catch (ClosedSelectorException e) {
            // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One only: before the next there may be ends to see that have happened since it looked. */
    private void accept(SelectionKey key) throws IOException {
        Site site = (Site) key.attachment();
        SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
        if (channel != null) {
            channel.configureBlocking(false);
            site.mostOpen.accumulateAndGet(site.open.incrementAndGet(), Math::max);
            site.accepted.incrementAndGet();
            Connection connection = new Connection(site, channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
            connection.say('!');
        }
    }

    /** Confined to the observer's thread. */
    private final class Connection {
        private final Site site;
        private final SocketChannel channel;
        private char wish;

        private Connection(Site site, SocketChannel channel) {
            this.site = site;
            this.channel = channel;
        }

        private void serve(SelectionKey key) {
            try {
                if (key.isReadable()) {
                    read(key);
                } else if (key.isWritable()) {
                    endless.clear();
                    channel.write(endless);
                }
            } catch (IOException e) {
                end(); // reset
            }
        }

        private void read(SelectionKey key) throws IOException {
            in.clear();
            int count = channel.read(in);
            if (count < 0) {
                end();
                return;
            }
            in.flip();
            site.received.addAndGet(count);
            if (wish == 0 && count > 0) {
                wish = (char) in.get();
                key.interestOps(wish == SOURCE ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            }
            if (wish == KEEP && in.hasRemaining() && in.get(in.limit() - 1) == QUIT) {
                site.open.decrementAndGet();
                wish = QUIT;
                say(QUIT);
                channel.close();
            }
        }

        private void say(char octet) {
            try {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) octet}));
            } catch (IOException e) {
                end();
            }
        }

        private void end() {
            if (wish != QUIT) {
                wish = QUIT;
                site.open.decrementAndGet();
            }
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        List<SelectionKey> keys = List.copyOf(selector.keys());
        selector.close();
        for (SelectionKey key : keys) {
            key.channel().close();
        }
    }
}
