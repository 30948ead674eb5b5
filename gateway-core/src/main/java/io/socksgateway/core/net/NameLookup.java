package io.socksgateway.core.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Turns names into addresses, without blocking.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface NameLookup {

    /** All addresses of a name, in the resolver's order, with the port; fails if there are none. */
    Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port);
}
