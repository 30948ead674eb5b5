package io.socksgateway.deploy.bench.load;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way to the target through a server.
 *
 * @param server where clients connect to
 * @param socks whether it is asked to connect; otherwise it leads to the target anyway
 * @param login null for none
 * @param target its address for streams
 * @param datagrams its address for datagrams
 */
public record Route(
        InetSocketAddress server,
        boolean socks,
        @Nullable Login login,
        InetSocketAddress target,
        InetSocketAddress datagrams) {

    /** No server in between. */
    public static Route direct(Target target) {
        return new Route(target.streams(), false, null, target.streams(), target.datagrams());
    }

    /** Through a server that relays to the target without being asked. */
    public static Route relay(InetSocketAddress server, Target target) {
        return new Route(server, false, null, target.streams(), target.datagrams());
    }

    public static Route socks(InetSocketAddress server, @Nullable Login login, Target target) {
        return new Route(server, true, login, target.streams(), target.datagrams());
    }
}
