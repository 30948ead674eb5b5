package io.socksgateway.core.net;

import io.socksgateway.core.address.Addresses;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of this machine that targets are dialled from, at most one of each family. Without one of a family the
 * system chooses, so that a gateway with an IPv4 address here still reaches IPv6 targets.
 *
 * <p>Immutable.
 */
public record EgressAddresses(
        @Nullable Inet4Address ipv4, @Nullable Inet6Address ipv6) {

    /** The system chooses always. */
    public static final EgressAddresses ANY = new EgressAddresses(null, null);

    /**
     * The addresses of both families among some.
     *
     * @throws IllegalArgumentException if there are two of a family
     */
    public static EgressAddresses of(Collection<InetAddress> addresses) {
        EgressAddresses egress = ANY;
        for (InetAddress address : addresses) {
            if (egress.of(address) != null) {
                throw new IllegalArgumentException(
                        "address: " + Addresses.format(address) + " (expected: one a family)");
            }
            egress = address instanceof Inet6Address six
                    ? new EgressAddresses(egress.ipv4, six)
                    : new EgressAddresses((Inet4Address) address, egress.ipv6);
        }
        return egress;
    }

    /** Where to bind before connecting to a target, with any port; or null if the system chooses. */
    @Nullable
    InetSocketAddress localFor(InetAddress target) {
        InetAddress local = of(target);
        return local == null ? null : new InetSocketAddress(local, 0);
    }

    /** The address of the same family. */
    private @Nullable InetAddress of(InetAddress other) {
        return other instanceof Inet6Address ? ipv6 : ipv4;
    }

    /**
     * Tries whether addresses can be bound here, which is the truth for those that no interface has as well. Blocks.
     *
     * @return what is wrong; nothing if all is right
     */
    public static Optional<String> problem(Collection<InetAddress> addresses) {
        List<String> problems = new ArrayList<>();
        for (InetAddress address : addresses) {
            bind(address).ifPresent(problems::add);
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private static Optional<String> bind(InetAddress address) {
        try (SocketChannel socket = SocketChannel.open()) {
            socket.bind(new InetSocketAddress(address, 0));
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of(Addresses.format(address) + " is no address of this machine (" + e.getMessage() + ")");
        }
    }
}
