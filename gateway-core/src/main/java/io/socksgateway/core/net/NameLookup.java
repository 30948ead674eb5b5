package io.socksgateway.core.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Turns names into addresses, without blocking.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface NameLookup {

    /**
     * All addresses of a name, the preferred family first, with the port.
     *
     * @param loop where the future's listeners are called
     * @param name as in {@link io.socksgateway.core.address.Host.Name}
     * @return at least one address, or a {@link NameFailure}. It always ends, but may take as long as name servers are
     *     waited for; whoever cannot wait that long need not cancel it.
     */
    Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port);

    /**
     * The same for a client, whose names must not keep those of others from being looked up. To be overridden by whatever
     * has a limit, or hands on to it.
     */
    default Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port, InetAddress client) {
        return resolveAll(loop, name, port);
    }
}
