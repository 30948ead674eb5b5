package io.socksgateway.deploy;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.net.NameLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Looks names up as the configuration of the moment says.
 *
 * <p>Thread-safe.
 */
final class CurrentNames implements NameLookup {

    private volatile NameLookup now;

    CurrentNames(NameLookup first) {
        this.now = first;
    }

    void use(NameLookup other) {
        now = other;
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port) {
        return now.resolveAll(loop, name, port);
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port, InetAddress client) {
        return now.resolveAll(loop, name, port, client);
    }
}
