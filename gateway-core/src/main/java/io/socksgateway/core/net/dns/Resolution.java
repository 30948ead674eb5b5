package io.socksgateway.core.net.dns;

import io.socksgateway.core.address.AddressFamily;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of a name, each family in the order of its answer; none at all if there is no such name.
 *
 * <p>Immutable.
 */
record Resolution(List<InetAddress> ipv4, List<InetAddress> ipv6) {

    static final Resolution NONE = new Resolution(List.of(), List.of());

    Resolution {
        ipv4 = List.copyOf(ipv4);
        ipv6 = List.copyOf(ipv6);
    }

    /**
     * The addresses of the families in use, in the order in which they are tried.
     *
     * @param ipv6First decides for {@link AddressFamily#ANY}
     */
    List<InetAddress> addresses(AddressFamily family, boolean ipv6First) {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6;
            case PREFER_IPV4 -> joined(ipv4, ipv6);
            case PREFER_IPV6 -> joined(ipv6, ipv4);
            case ANY -> ipv6First ? joined(ipv6, ipv4) : joined(ipv4, ipv6);
        };
    }

    private static List<InetAddress> joined(List<InetAddress> first, List<InetAddress> then) {
        List<InetAddress> all = new ArrayList<>(first.size() + then.size());
        all.addAll(first);
        all.addAll(then);
        return all;
    }
}
