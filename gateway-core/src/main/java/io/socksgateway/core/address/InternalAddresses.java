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
            "240.0.0.0/4");

    /** 168.63.129.16 is the metadata and platform address of one large cloud; it is in a public range. */
    private static final List<String> IPV4_HOSTS = List.of("168.63.129.16/32");

    private static final List<String> IPV6 = List.of(
            "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "100::/64", "64:ff9b:1::/48");

    /** NAT64, its whole prefix being translated by somebody: RFC 6052 puts the IPv4 address in the last 32 bits. */
    private static final String NAT64 = "64:ff9b::";

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
        List<String> ipv4 = new ArrayList<>(IPV4);
        ipv4.addAll(IPV4_HOSTS);
        for (String text : ipv4) {
            all.add(Cidr.parse(text).orElseThrow());
            int slash = text.indexOf('/');
            String address = text.substring(0, slash);
            int prefix = Integer.parseInt(text.substring(slash + 1));
            byte[] octets = Addresses.parse(address).orElseThrow().getAddress();
            all.add(Cidr.parse(NAT64 + address + "/" + (96 + prefix)).orElseThrow());
            all.add(Cidr.parse("::" + address + "/" + (96 + prefix)).orElseThrow());
            all.add(Cidr.parse("%s::/%d".formatted(sixToFour(octets), 16 + prefix))
                    .orElseThrow());
        }
        return List.copyOf(all);
    }

    /** RFC 3056: the IPv4 address is in bits 16 to 47. */
    private static String sixToFour(byte[] v4) {
        return "2002:%x:%x".formatted((v4[0] & 0xFF) << 8 | (v4[1] & 0xFF), (v4[2] & 0xFF) << 8 | (v4[3] & 0xFF));
    }
}
