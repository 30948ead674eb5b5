package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8 ",
                "10.0.0.0/0008",
                "10.0.0.0/8/8",
                "10.0.0.0/x",
                "10.0.0.0/255.0.0.0",
                "10/8",
                "10.0.0.1/31",
                "10.0.0.1/8",
                "0.0.0.1/0",
                "example.com/8",
                "2001:db8::/129",
                "2001:db8::1/64",
                "2001:db8::/1000",
                "::ffff:10.0.0.0/104",
                "fe80::%1/64"
            })
    void refusesWhatIsNoRange(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.0.0/16",
        "10.1.2.3, 10.1.2.3/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8:0::/48, 2001:db8::/48",
        "::1, ::1/128",
        "::/0, ::/0",
        "::ffff:10.0.0.1, 10.0.0.1/32",
    })
    void printsCanonically(String text, String canonical) {
        assertThat(cidr(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        // range, first address, last address, just before, just behind
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "192.0.2.128/25, 192.0.2.128, 192.0.2.255, 192.0.2.127, 192.0.3.0",
        "100.64.0.0/10, 100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
        "192.0.2.2/31, 192.0.2.2, 192.0.2.3, 192.0.2.1, 192.0.2.4",
        "192.0.2.7/32, 192.0.2.7, 192.0.2.7, 192.0.2.6, 192.0.2.8",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 127.255.255.255, 0.0.0.0",
        "fc00::/7, fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fbff::, fe00::",
        "2001:db8:0:8000::/49, 2001:db8:0:8000::, 2001:db8:0:ffff::, 2001:db8:0:7fff::, 2001:db8:1::",
        "2001:db8::7/128, 2001:db8::7, 2001:db8::7, 2001:db8::6, 2001:db8::8",
    })
    void containsFromItsFirstToItsLastAddress(String range, String first, String last, String before, String behind) {
        Cidr cidr = cidr(range);
        assertThat(cidr.contains(address(first))).isTrue();
        assertThat(cidr.contains(address(last))).isTrue();
        assertThat(cidr.contains(address(before))).isFalse();
        assertThat(cidr.contains(address(behind))).isFalse();
    }

    @Test
    void prefixZeroIsAllOfItsFamilyAndNoneOfTheOther() {
        assertThat(cidr("0.0.0.0/0").contains(address("255.255.255.255"))).isTrue();
        assertThat(cidr("0.0.0.0/0").contains(address("::1"))).isFalse();
        assertThat(cidr("::/0").contains(address("ffff::"))).isTrue();
        assertThat(cidr("::/0").contains(address("0.0.0.0"))).isFalse();
        assertThat(cidr("::/0").contains(cidr("0.0.0.0/0"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 10.9.0.0/16, true",
        "10.0.0.0/8, 10.9.8.7, true",
        "10.9.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, 192.0.2.0/24, true",
        "fc00::/7, fd00::/8, true",
        "fc00::/7, fe00::/8, false",
    })
    void containsRanges(String outer, String inner, boolean contains) {
        assertThat(cidr(outer).contains(cidr(inner))).isEqualTo(contains);
    }

    @Test
    void equalsByNetworkAndPrefix() {
        assertThat(cidr("10.0.0.0/8")).isEqualTo(cidr("10.0.0.0/8")).hasSameHashCodeAs(cidr("10.0.0.0/8"));
        assertThat(cidr("10.0.0.0/8")).isNotEqualTo(cidr("10.0.0.0/9")).isNotEqualTo("10.0.0.0/8");
        assertThat(cidr("10.0.0.0/8")).isNotEqualTo(cidr("11.0.0.0/8"));
        assertThat(cidr("10.0.0.1")).isEqualTo(Cidr.of(address("10.0.0.1")));
        assertThat(cidr("::/0")).isNotEqualTo(cidr("0.0.0.0/0"));
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow();
    }
}
