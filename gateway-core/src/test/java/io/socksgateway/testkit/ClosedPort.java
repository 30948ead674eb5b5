package io.socksgateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * A loopback port that refuses connections as long as this JVM lives: it is bound, so that nobody else gets it, and does not
 * listen. A port that was closed a moment ago may already be somebody's.
 */
public final class ClosedPort {

    private static final SocketChannel BOUND = bind();

    private ClosedPort() {}

    private static SocketChannel bind() {
        try {
            return SocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static InetSocketAddress address() {
        try {
            return (InetSocketAddress) BOUND.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int port() {
        return address().getPort();
    }
}
