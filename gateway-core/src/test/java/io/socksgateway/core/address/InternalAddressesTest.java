package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InternalAddressesTest {

    @ParameterizedTest
    @CsvSource({
        // first and last address of a range, and the neighbours outside of it: "-" where those are internal too
        "0.0.0.0, 0.255.255.255, -, 1.0.0.0", // this network
        "10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0", // carrier-grade NAT
        "127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0",
        "169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0", // link-local, and metadata
        "172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
        "192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0", // protocol assignments
        "192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0",
        "198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0", // benchmarks
        "224.0.0.0, 239.255.255.255, 223.255.255.255, -", // multicast
        "240.0.0.0, 255.255.255.255, -, -", // reserved, broadcast
        "168.63.129.16, 168.63.129.16, 168.63.129.15, 168.63.129.17",
    })
    void ipv4RangesInAllTheirForms(String first, String last, String before, String behind) {
        for (String form : new String[] {"%s", "::ffff:%s", "64:ff9b::%s", "::%s"}) {
            assertInternal(form, first, true);
            assertInternal(form, last, true);
            assertInternal(form, before, false);
            assertInternal(form, behind, false);
        }
        assertThat(InternalAddresses.contains(sixToFour(first))).isTrue();
        assertThat(InternalAddresses.contains(sixToFour(last))).isTrue();
        if (!before.equals("-")) {
            assertThat(InternalAddresses.contains(sixToFour(before))).isFalse();
        }
        if (!behind.equals("-")) {
            assertThat(InternalAddresses.contains(sixToFour(behind))).isFalse();
        }
    }

    private static void assertInternal(String form, String ipv4, boolean internal) {
        if (!ipv4.equals("-")) {
            String text = form.formatted(ipv4);
            assertThat(InternalAddresses.contains(address(text))).as(text).isEqualTo(internal);
        }
    }

    /** RFC 3056: 2002, then the IPv4 address, then whatever the site has chosen. */
    private static InetAddress sixToFour(String ipv4) {
        byte[] octets = address("2002::dead:beef").getAddress();
        System.arraycopy(address(ipv4).getAddress(), 0, octets, 2, 4);
        return Addresses.of(octets);
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::1, -, -",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fbff:ffff::, -", // unique local
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f:ffff::, -", // link-local
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -, -", // site-local
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -, -", // multicast
        "100::, 100::ffff:ffff:ffff:ffff, ff:ffff::, 100:0:0:1::", // discard
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b:0:ffff::, 64:ff9b:2::", // local NAT64
    })
    void ipv6Ranges(String first, String last, String before, String behind) {
        assertInternal("%s", first, true);
        assertInternal("%s", last, true);
        assertInternal("%s", before, false);
        assertInternal("%s", behind, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "8.8.8.8", "2606:4700::1111", "2002:808:808::1", "64:ff9b::8.8.8.8", "2001:db8::"})
    void publicAddressesAreNot(String text) {
        assertThat(InternalAddresses.contains(address(text))).isFalse();
    }

    @Test
    void rangesOnlyIfWhollyInside() {
        assertThat(InternalAddresses.contains(cidr("10.0.0.0/8"))).isTrue();
        assertThat(InternalAddresses.contains(cidr("10.9.0.0/16"))).isTrue();
        assertThat(InternalAddresses.contains(cidr("127.0.0.1"))).isTrue();
        assertThat(InternalAddresses.contains(cidr("fe80::/64"))).isTrue();
        assertThat(InternalAddresses.contains(cidr("8.0.0.0/6"))).isFalse();
        assertThat(InternalAddresses.contains(cidr("0.0.0.0/0"))).isFalse();
        assertThat(InternalAddresses.contains(cidr("::/0"))).isFalse();
        assertThat(InternalAddresses.contains(cidr("64:ff9b::/96"))).isFalse();
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow();
    }
}
