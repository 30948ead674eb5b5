package io.socksgateway.core.relay;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
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
     * The address to listen on: that of {@code egress.bind} in the peer's family; else the one that packets to the peer
     * leave from; and for an unspecified peer the one that the client has reached.
     */
    InetAddress localFor(InetAddress peer, InetAddress clientSide) {
        for (InetAddress address : egress) {
            if (sameFamily(address, peer)) {
                return address;
            }
        }
        if (!peer.isAnyLocalAddress()) {
            return routeTo(peer);
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

    /** Connecting a datagram socket sends nothing: it only looks up the route. Without one, any address will do. */
    private static InetAddress routeTo(InetAddress peer) {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(new InetSocketAddress(peer, 9));
            return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
        } catch (IOException e) {
            return new InetSocketAddress(0).getAddress();
        }
    }
}
