package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.fuzz.AnyOctets;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The guard against a second opinion that looks at octets instead of ranges, asked mostly where ranges begin and end. */
class InternalAddressesPropertyTest {

    /** Addresses in and next to which something is internal. */
    private static final List<String> EDGES = List.of(
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
            "168.63.129.16/32",
            "::/127",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
            "100::/64",
            "64:ff9b:1::/48",
            "64:ff9b::/96",
            "2002::/16",
            "::/96");

    @Property(tries = 5_000)
    void agreesWithTheSecondOpinion(@ForAll("addresses") InetAddress address) {
        assertThat(InternalAddresses.contains(address)).isEqualTo(isInternal(address.getAddress()));
    }

    @Property(tries = 2_000)
    void everyFormOfAnInternalIpv4AddressIsInternal(@ForAll("addresses") InetAddress address) throws Exception {
        if (address instanceof Inet4Address) {
            byte[] v4 = address.getAddress();
            boolean internal = InternalAddresses.contains(address);
            assertThat(InternalAddresses.contains(behind("64:ff9b::", v4, 12))).isEqualTo(internal);
            assertThat(InternalAddresses.contains(behind("2002::", v4, 2))).isEqualTo(internal);
            assertThat(InternalAddresses.contains(behind("::ffff:0:0", v4, 12))).isEqualTo(internal);
        }
    }

    private static InetAddress behind(String prefix, byte[] v4, int offset) throws Exception {
        byte[] octets = new byte[16];
        if (prefix.startsWith("::ffff")) {
            octets[10] = octets[11] = -1;
        } else {
            octets = InetAddress.getByName(prefix).getAddress();
        }
        System.arraycopy(v4, 0, octets, offset, 4);
        return InetAddress.getByAddress(octets);
    }

    private static boolean isInternal(byte[] a) {
        return a.length == 4 ? isInternal4(a, 0) : isInternal6(a);
    }

    private static boolean isInternal6(byte[] a) {
        int first = (a[0] & 0xFF) << 8 | (a[1] & 0xFF);
        int second = (a[2] & 0xFF) << 8 | (a[3] & 0xFF);
        if (first == 0 && zero(a, 2, 12)) {
            return isInternal4(a, 12); // :: and ::1 are in 0.0.0.0/8
        } else if (first == 0x64 && second == 0xff9b) {
            return (a[4] == 0 && a[5] == 1) || (zero(a, 4, 12) && isInternal4(a, 12));
        } else if (first == 0x2002) {
            return isInternal4(a, 2);
        }
        return (first & 0xFE00) == 0xFC00
                || (first & 0xFF80) == 0xFE80
                || first >= 0xFF00
                || (first == 0x100 && zero(a, 2, 8));
    }

    private static boolean zero(byte[] a, int from, int to) {
        return Arrays.equals(a, from, to, new byte[to - from], 0, to - from);
    }

    private static boolean isInternal4(byte[] a, int at) {
        int b = a[at + 1] & 0xFF;
        return switch (a[at] & 0xFF) {
            case 0, 10, 127 -> true;
            case 100 -> b >= 64 && b < 128;
            case 168 -> b == 63 && (a[at + 2] & 0xFF) == 129 && a[at + 3] == 16;
            case 169 -> b == 254;
            case 172 -> b >= 16 && b < 32;
            case 192 -> b == 168 || (b == 0 && a[at + 2] == 0);
            case 198 -> b == 18 || b == 19;
            default -> (a[at] & 0xFF) >= 224;
        };
    }

    @Provide
    Arbitrary<InetAddress> addresses() {
        Arbitrary<InetAddress> edges = Arbitraries.of(EDGES).flatMap(text -> {
            int slash = text.indexOf('/');
            InetAddress network = Addresses.parse(text.substring(0, slash)).orElseThrow();
            return Numbers.Range.of(network, Integer.parseInt(text.substring(slash + 1)))
                    .nearby();
        });
        return Arbitraries.frequencyOf(Tuple.of(4, edges), Tuple.of(1, AnyOctets.address()));
    }
}
