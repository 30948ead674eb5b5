package io.socksgateway.core.config;

import io.socksgateway.core.rules.PortRange;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code udp}.
 *
 * <p>Immutable.
 *
 * @param advertise the address that clients are told to send to; null for the one that they reached the gateway on
 * @param ports where relay sockets are bound; null for any free port
 * @param idleTimeout milliseconds without a datagram until an association ends
 * @param reassemblyTimeout milliseconds that the fragments of a datagram may take, 5,000 or more; 0 drops fragments
 * @param anySender whether datagrams come back from addresses that were not written to
 */
public record UdpConfig(
        @Nullable InetAddress advertise,
        @Nullable PortRange ports,
        long idleTimeout,
        long reassemblyTimeout,
        boolean anySender) {

    public static final UdpConfig DEFAULT = new UdpConfig(null, null, 60_000, 5_000, false);
}
