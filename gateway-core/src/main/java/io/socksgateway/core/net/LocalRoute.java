package io.socksgateway.core.net;

import io.netty.channel.epoll.Epoll;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.session.Failure;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** The routing table of this machine, asked without sending anything. */
public final class LocalRoute {

    /** Any port that is not 0. */
    private static final int PORT = 9;

    private static final InetAddress BROADCAST =
            Addresses.parse("255.255.255.255").orElseThrow();

    private LocalRoute() {}

    /**
     * The address of this machine that connections with a peer have.
     *
     * @throws ConnectFailure if there is no route: as if the peer were dialled
     */
    public static InetAddress addressFor(InetAddress peer) throws ConnectFailure {
        if (peer.isMulticastAddress() || peer.equals(BROADCAST)) { // to which a datagram may have one
            throw new ConnectFailure(Failure.NETWORK_UNREACHABLE, "no route for TCP: " + Addresses.format(peer));
        }
        try (DatagramChannel probe = open(peer)) {
            return connect(probe, new InetSocketAddress(peer, PORT));
        } catch (ConnectFailure e) {
            throw e;
        } catch (IOException e) {
            throw new ConnectFailure(Failure.LOCAL, "socket: " + e.getMessage());
        }
    }

    private static DatagramChannel open(InetAddress peer) throws IOException {
        try {
            return DatagramChannel.open(
                    peer instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        } catch (UnsupportedOperationException e) {
            throw new ConnectFailure(Failure.NETWORK_UNREACHABLE, "family: " + e.getMessage());
        }
    }

    /** Connecting a datagram socket looks the route up. */
    private static InetAddress connect(DatagramChannel probe, InetSocketAddress peer) throws IOException {
        try {
            probe.connect(peer);
        } catch (IOException e) {
            throw Epoll.isAvailable()
                    ? Errno.ofRefusedConnect(e, null, peer)
                    : new ConnectFailure(Failure.NETWORK_UNREACHABLE, "route: " + e.getMessage());
        }
        return ((InetSocketAddress) probe.getLocalAddress()).getAddress();
    }
}
