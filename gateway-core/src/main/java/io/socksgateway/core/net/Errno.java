package io.socksgateway.core.net;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Errors;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.session.Failure;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Linux error numbers of connect(2), as far as clients are told them apart.
 *
 * <pre>
 * ECONNREFUSED, ECONNRESET    RST, or ICMP port unreachable                       refused
 * ENETUNREACH                 no route, route of type throw, ICMP from a router   network unreachable
 * EINVAL                      route of type blackhole                             network unreachable
 * EHOSTUNREACH, EHOSTDOWN     route of type unreachable, no ARP, ICMP             host unreachable
 * EACCES                      route of type prohibit, ICMPv6 prohibited           host unreachable
 * ENOPROTOOPT                 ICMP protocol unreachable                           host unreachable
 * ETIMEDOUT                   no answer to any SYN                                timed out
 * EPERM, EMFILE, EADDRNOTAVAIL and the rest                                       local
 * </pre>
 *
 * EACCES is what a router one hop further would have made of it: Linux reads ICMP "prohibited" as EHOSTUNREACH.
 */
final class Errno {

    private static final int EACCES = 13;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;
    private static final int ENOPROTOOPT = 92;
    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;
    private static final int ECONNRESET = 104;
    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTDOWN = 112;
    private static final int EHOSTUNREACH = 113;

    /** As many octets as fit into the length of a UDP datagram, but not into an IP packet with its headers. */
    private static final ByteBuffer TOO_LARGE = ByteBuffer.allocateDirect(65_535);

    private Errno() {}

    /**
     * The failure of an error number.
     *
     * @param errno positive
     */
    static ConnectFailure failure(int errno, InetSocketAddress remote) {
        Failure cause =
                switch (errno) {
                    case ECONNREFUSED, ECONNRESET -> Failure.REFUSED;
                    case ENETUNREACH, ENETDOWN, EINVAL -> Failure.NETWORK_UNREACHABLE;
                    case EHOSTUNREACH, EHOSTDOWN, ENOPROTOOPT, EACCES -> Failure.HOST_UNREACHABLE;
                    case ETIMEDOUT -> Failure.TIMED_OUT;
                    default -> Failure.LOCAL;
                };
        return new ConnectFailure(cause, "connect to " + Endpoint.of(remote) + ": errno " + errno);
    }

    /** The failure of a connection that the target has reset as soon as it was there. */
    static ConnectFailure reset(InetSocketAddress remote) {
        return failure(ECONNRESET, remote);
    }

    /**
     * The failure of a connect that the kernel refused at once. Netty's exceptions keep no number then, so the route is
     * looked up once more by a call that does report it.
     *
     * @param local where the socket was bound, or null
     */
    static ConnectFailure ofRefusedConnect(
            Exception refused, @Nullable InetSocketAddress local, InetSocketAddress remote) {
        if (refused instanceof Errors.NativeIoException numbered) {
            return failure(-numbered.expectedErr(), remote);
        }
        if (!(refused instanceof IOException)) {
            return unnumbered(refused, remote);
        }
        int errno = routeError(local, remote);
        if (errno != EMSGSIZE) {
            return failure(errno, remote);
        }
        // TCP to a group or a broadcast address has no route, though a datagram has
        return refused instanceof NoRouteToHostException ? failure(ENETUNREACH, remote) : unnumbered(refused, remote);
    }

    private static ConnectFailure unnumbered(Exception refused, InetSocketAddress remote) {
        return new ConnectFailure(Failure.LOCAL, "connect to " + Endpoint.of(remote) + ": " + refused.getMessage());
    }

    /**
     * Tries to send a datagram that is too large for any network. The kernel looks the route up first, and says its
     * errors with their numbers; if there is a route after all, it finds the datagram too large. Nothing is sent in
     * either case.
     */
    private static int routeError(@Nullable InetSocketAddress local, InetSocketAddress remote) {
        LinuxSocket probe;
        try {
            probe = LinuxSocket.newSocketDgram(remote.getAddress() instanceof Inet6Address);
        } catch (RuntimeException e) { // Netty wraps the errno of socket(2)
            return EMSGSIZE;
        }
        try {
            if (local != null) {
                probe.bind(local);
            }
            probe.sendTo(
                    TOO_LARGE.duplicate(), 0, TOO_LARGE.capacity(), remote.getAddress(), Math.max(1, remote.getPort()));
        } catch (Errors.NativeIoException e) {
            return -e.expectedErr();
        } catch (IOException e) {
            return EMSGSIZE;
        } finally {
            close(probe);
        }
        return EMSGSIZE;
    }

    private static void close(LinuxSocket probe) {
        try {
            probe.close();
        } catch (IOException e) {
            // it has nothing to flush
        }
    }
}
