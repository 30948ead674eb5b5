package io.socksgateway.udp;

import io.socksgateway.core.address.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which addresses of this machine targets are reached.
 *
 * <p>Immutable.
 *
 * @param addresses at most one of each family
 * @param only whether a family without one is not reached at all; otherwise the system chooses
 */
record Egress(List<InetAddress> addresses, boolean only) {

    Egress {
        addresses = List.copyOf(addresses);
    }

    /** Where to bind for targets of a family: an address, or the unspecified one; null if they are not to be reached. */
    @Nullable
    InetAddress localFor(boolean v6) {
        for (InetAddress address : addresses) {
            if (address instanceof Inet6Address == v6) {
                return address;
            }
        }
        return only ? null : Addresses.of(new byte[v6 ? 16 : 4]);
    }
}
