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

/** Linux error numbers of connect(2), as far as clients are told them apart. */
final class Errno {

    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;
    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTDOWN = 112;
    private static final int EHOSTUNREACH = 113;
    /** What the kernel makes of ICMP "protocol unreachable" and "unknown network/host". */
    private static final int ENOPROTOOPT = 92;

    private static final int ECONNRESET = 104;

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
                    case ENETUNREACH, ENETDOWN -> Failure.NETWORK_UNREACHABLE;
                    case EHOSTUNREACH, EHOSTDOWN, ENOPROTOOPT -> Failure.HOST_UNREACHABLE;
                    case ETIMEDOUT -> Failure.TIMED_OUT;
                    default -> Failure.LOCAL;
                };
        return new ConnectFailure(cause, "connect to " + Endpoint.of(remote) + ": errno " + errno);
    }

    /**
     * The failure of a connect that the kernel refused at once. Netty has one exception for "network" and "host"
     * unreachable and keeps no number, so the route is looked up once more by a call that does report it.
     */
    static ConnectFailure ofRefusedConnect(Exception refused, InetSocketAddress remote) {
        if (refused instanceof NoRouteToHostException) {
            return failure(routeError(remote), remote);
        }
        if (refused instanceof Errors.NativeIoException numbered) {
            return failure(-numbered.expectedErr(), remote);
        }
        return new ConnectFailure(Failure.LOCAL, "connect to " + Endpoint.of(remote) + ": " + refused.getMessage());
    }

    /**
     * Connects by sending nothing with fast open, whose errors carry their number. As there is no route, no packet
     * leaves; where fast open is switched off, the more frequent of the two is assumed.
     */
    private static int routeError(InetSocketAddress remote) {
        LinuxSocket probe = LinuxSocket.newSocketStream(remote.getAddress() instanceof Inet6Address);
        try {
            probe.sendTo(ByteBuffer.allocateDirect(1), 0, 0, remote.getAddress(), remote.getPort(), true);
        } catch (Errors.NativeIoException e) {
            int errno = -e.expectedErr();
            return errno == EHOSTUNREACH ? EHOSTUNREACH : ENETUNREACH;
        } catch (IOException e) {
            return ENETUNREACH;
        } finally {
            try {
                probe.close();
            } catch (IOException e) {
                // a socket that never had a peer has nothing to flush
            }
        }
        return ENETUNREACH;
    }
}
