package io.socksgateway.core.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranges that are not the public network: what the gateway refuses to reach unless a rule names it.
 *
 * <p>Unspecified and "this network", loopback, private, carrier-grade NAT, link-local with the metadata addresses of
 * clouds, benchmarking, multicast, reserved and broadcast (RFC 6890), and the IPv4-mapped, IPv4-compatible, 6to4 and
 * NAT64 forms of the IPv4 ranges among them.
 *
 * <p>Immutable.
 */
public final class InternalAddresses {

    private static final List<String> IPV4 = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "168.63.129.16/32"); // metadata of one large cloud, inside a public range

    private static final List<String> IPV6 = List.of(
            "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "100::/64", "64:ff9b:1::/48");

    /** RFC 6052: the IPv4 address is in the last 32 bits. */
    private static final InetAddress NAT64 = Addresses.parse("64:ff9b::").orElseThrow();

    /** RFC 4291 section 2.5.5.1, deprecated. */
    private static final InetAddress COMPATIBLE = Addresses.parse("::").orElseThrow();

    /** RFC 3056: the IPv4 address is in bits 16 to 47. */
    private static final InetAddress SIX_TO_FOUR = Addresses.parse("2002::").orElseThrow();

    private static final List<Cidr> RANGES = ranges();

    private InternalAddresses() {}

    public static boolean contains(InetAddress address) {
        for (Cidr range : RANGES) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the range lies wholly inside one that is internal: so that a rule with it means internal addresses. */
    public static boolean contains(Cidr cidr) {
        for (Cidr range : RANGES) {
            if (range.contains(cidr)) {
                return true;
            }
        }
        return false;
    }

    private static List<Cidr> ranges() {
        List<Cidr> all = new ArrayList<>();
        IPV6.forEach(text -> all.add(Cidr.parse(text).orElseThrow()));
        IPV4.forEach(text -> addWithForms(Cidr.parse(text).orElseThrow(), all));
        return List.copyOf(all);
    }

    /** A range of IPv4, and what IPv6 addresses it has: NAT64, IPv4-compatible, and 6to4. */
    private static void addWithForms(Cidr range, List<Cidr> all) {
        all.add(range);
        all.add(range.embedded(NAT64, 96));
        all.add(range.embedded(COMPATIBLE, 96));
        all.add(range.embedded(SIX_TO_FOUR, 16));
    }
}
