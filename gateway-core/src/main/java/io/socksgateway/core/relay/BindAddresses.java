package io.socksgateway.core.relay;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.net.ConnectFailure;
import io.socksgateway.core.net.LocalRoute;
import io.socksgateway.core.session.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where BIND listens, and which address its client is told: one that the expected peer can reach.
 *
 * <p>Immutable.
 *
 * @param egress addresses that face the targets, at most one of each family
 * @param advertised what clients are told instead of an address of the same family, or null
 */
public record BindAddresses(
        List<InetAddress> egress,
        @Nullable InetAddress advertised,
        ChannelFactory<? extends ServerChannel> serverChannels) {

    public BindAddresses {
        egress = List.copyOf(egress);
    }

    /**
     * The address to listen on: for the first peer that can be reached, that of {@code egress.bind} in its family, or else
     * the one that packets to it leave from; and for an unspecified peer the one that the client has reached.
     *
     * @param peers at least one
     * @throws ConnectFailure if there is no route to any of them
     */
    InetAddress localFor(List<InetAddress> peers, InetAddress clientSide) throws ConnectFailure {
        ConnectFailure failure = null;
        for (InetAddress peer : peers) {
            try {
                return localFor(peer, clientSide);
            } catch (ConnectFailure e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure == null ? new ConnectFailure(Failure.LOCAL, "nobody to reach") : failure;
    }

    /**
     * The same for a session that has an address of its own: that, if any of the peers can reach it.
     *
     * @param own null if it has none
     */
    InetAddress localFor(List<InetAddress> peers, InetAddress clientSide, @Nullable InetAddress own)
            throws ConnectFailure {
        if (own == null) {
            return localFor(peers, clientSide);
        }
        if (peers.stream().noneMatch(peer -> peer.isAnyLocalAddress() || sameFamily(peer, own))) {
            throw new ConnectFailure(Failure.NETWORK_UNREACHABLE, "no peer reaches " + Addresses.format(own));
        }
        return own;
    }

    private InetAddress localFor(InetAddress peer, InetAddress clientSide) throws ConnectFailure {
        for (InetAddress address : egress) {
            if (sameFamily(address, peer)) {
                return address;
            }
        }
        if (!peer.isAnyLocalAddress()) {
            return LocalRoute.addressFor(peer);
        }
        return egress.isEmpty() ? clientSide : egress.get(0);
    }

    /** The address for the client. */
    InetSocketAddress told(InetSocketAddress bound) {
        return advertised != null && sameFamily(advertised, bound.getAddress())
                ? new InetSocketAddress(advertised, bound.getPort())
                : bound;
    }

    private static boolean sameFamily(InetAddress one, InetAddress other) {
        return one.getClass() == other.getClass();
    }
}
