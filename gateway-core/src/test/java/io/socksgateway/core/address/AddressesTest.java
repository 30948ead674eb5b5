package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.testkit.Hex;
import java.net.Inet4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, c0 00 02 01",
        "0.0.0.0, 00 00 00 00",
        "10.0.20.100, 0a 00 14 64",
        "2001:0db8::0001, 20010db8 00000000 00000000 00000001",
        "::00ff:0.0.0.1, 00000000 00000000 000000ff 00000001",
        "255.255.255.255, ff ff ff ff",
        "::, 00000000 00000000 00000000 00000000",
        "::1, 00000000 00000000 00000000 00000001",
        "2001:DB8::a:0:0:1, 20010db8 00000000 000a0000 00000001",
        "[2001:db8::1], 20010db8 00000000 00000000 00000001",
        "64:ff9b::192.0.2.1, 0064ff9b 00000000 00000000 c0000201",
        "[1:2:3:4:5:6:192.0.2.1], 00010002 00030004 00050006 c0000201",
        "::ffff:192.0.2.1, c0 00 02 01",
        "::ffff:c000:201, c0 00 02 01",
        "0:0:0:0:0:ffff:192.0.2.1, c0 00 02 01",
    })
    void parsesLiterals(String text, String octets) {
        assertThat(Addresses.parse(text)).hasValueSatisfying(address -> assertThat(Hex.text(address.getAddress()))
                .isEqualTo(Hex.text(Hex.bytes(octets))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "127.1",
                "0x7f.1",
                "0x7f000001",
                "2130706433",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-1",
                "1.2.3.4 ",
                "1.2.3.010",
                "1.2.003.4",
                "01.2.3.4",
                "00.0.0.0",
                "::ffff:1.2.3.04",
                "64:ff9b::01.2.3.4",
                "fe80::1%eth0",
                "fe80::1%1",
                ":",
                ":::",
                "1::2::3",
                "2001:db8::12345",
                "[::1",
                "1:2:3:4:5:6:7:8:9",
                "::ffff:1.2.3.256",
                "64:ff9b::1.2.3",
                "64:ff9b:1.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::[1.2.3.4]",
                "[::1.2.3.4",
                ":1.2.3.4"
            })
    void takesNothingElseForALiteral(String text) {
        assertThat(Addresses.parse(text)).isEmpty();
    }

    @Test
    void mappedAddressIsTheIpv4Address() {
        assertThat(Addresses.of(Hex.bytes("00000000 00000000 0000ffff 0a000001")))
                .isInstanceOf(Inet4Address.class)
                .isEqualTo(Addresses.of(Hex.bytes("0a 00 00 01")));
    }

    @Test
    void otherNumbersOfOctetsAreErrors() {
        assertThatThrownBy(() -> Addresses.of(new byte[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address: 5 octets (expected: 4 or 16)");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:0:0:0:0:0, ::",
        "::ffff:1.2.3.4, 1.2.3.4",
    })
    void formatsCanonically(String text, String canonical) {
        assertThat(Addresses.format(Addresses.parse(text).orElseThrow())).isEqualTo(canonical);
    }
}
