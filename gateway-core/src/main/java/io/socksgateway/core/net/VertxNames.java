package io.socksgateway.core.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Resolves with Vert.x's own asynchronous resolver: the hosts file, then the servers of the system.
 *
 * <p>Thread-safe.
 */
public final class VertxNames implements NameLookup {

    private final VertxInternal vertx;

    public VertxNames(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port) {
        return vertx.nameResolver()
                .nettyAddressResolverGroup()
                .getResolver(loop)
                .resolveAll(InetSocketAddress.createUnresolved(name, port));
    }
}
