package io.socksgateway.core.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.session.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Connects from one address and reaches only its family: who is to be seen under that address is not to be seen under another.
 *
 * <p>Immutable.
 *
 * @param connector dials from the source
 */
record OneSource(InetAddress source, Connector connector) implements Connector {

    @Override
    public Future<Channel> connect(EventLoop loop, InetSocketAddress remote) {
        if (remote.getAddress().getClass() == source.getClass()) {
            return connector.connect(loop, remote);
        }
        return loop.newFailedFuture(new ConnectFailure(
                Failure.NETWORK_UNREACHABLE,
                "no way to " + Addresses.format(remote.getAddress()) + " from " + Addresses.format(source)));
    }

    @Override
    public Connector from(InetAddress other) {
        return connector.from(other);
    }
}
