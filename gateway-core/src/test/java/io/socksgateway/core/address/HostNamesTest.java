package io.socksgateway.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private static final String LABEL_63 = "a".repeat(63);
    /** Three labels of 63 and one of 61, with their dots: 253 octets. */
    private static final String NAME_253 = (LABEL_63 + ".").repeat(3) + "b".repeat(61);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "localhost",
                "example.com",
                "example.com.",
                "EXAMPLE.com",
                "_dmarc.example.com",
                "xn--bcher-kva.example",
                "-odd-.example",
                "1.2.3.4.in-addr.arpa",
                "0xdeadbeef.example",
                "127.0.0.1.example",
                "1e100.net",
                "a.0xfg",
                "a.1x"
            })
    void takesNamesAsTheyAre(String name) {
        assertThat(HostNames.parse(name)).contains(new Host.Name(name));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:DB8::1, 2001:db8::1",
        "[::1], ::1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "[::FFFF:10.0.0.1], 10.0.0.1",
        "[2001:db8::192.0.2.1], 2001:db8::c000:201"
    })
    void literalsAreAddresses(String name, String address) {
        assertThat(HostNames.parse(name))
                .contains(Host.of(Addresses.parse(address).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".example.com",
                "example..com",
                "example.com..",
                "exa mple.com",
                " example.com",
                "example.com ",
                "a\0b",
                "a\rb",
                "a\nb",
                "a\tb",
                "a\u007Fb",
                "a:b",
                "example.com:80",
                "http://example.com",
                "fe80::1%eth0",
                "[::1",
                "::1]",
                "[[::1]]",
                "[::1].",
                "[::1]a",
                "a[::1]",
                "[::1]:80",
                "[fe80::1%eth0]",
                "[192.0.2.1]",
                "[v1.a]",
                "[example.com]",
                "[a",
                "a]",
                "[]",
                "\uFF3Ba\uFF3D"
            })
    void refusesWhatNoNameHas(String name) {
        assertThat(HostNames.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "127.0.1",
                "127.0.0.1.",
                "0x7f.1",
                "0X7F.0.0.0x1",
                "0x7f000001",
                "2130706433",
                "017700000001",
                "0",
                "1.2.3.4.5",
                "256.256.256.256",
                "example.1",
                "example.0x7f",
                "example.0x",
                "203.0.113.010",
                "203.000.113.10",
                "::ffff:127.0.0.01",
                "10.0.0.1.",
            })
    void refusesAddressesInOldSpellings(String name) {
        assertThat(HostNames.parse(name)).isEmpty();
    }

    @Test
    void labelsHaveAtMost63Octets() {
        assertThat(HostNames.parse(LABEL_63 + ".example")).isPresent();
        assertThat(HostNames.parse(LABEL_63 + "a.example")).isEmpty();
        assertThat(HostNames.parse("example." + LABEL_63 + "a")).isEmpty();
    }

    @Test
    void namesHaveAtMost253OctetsAndAFinalDot() {
        assertThat(HostNames.parse(NAME_253)).isPresent();
        assertThat(HostNames.parse(NAME_253 + ".")).isPresent();
        assertThat(HostNames.parse(NAME_253 + "b")).isEmpty();
        assertThat(HostNames.parse(NAME_253 + "b.")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "ｅxample.com, example.com", // a full-width letter
        "example。com, example.com", // an ideographic full stop
        "exam\u00ADple.com, example.com", // a soft hyphen
    })
    void takesOtherLettersInTheirAsciiForm(String name, String ascii) {
        assertThat(HostNames.parse(name)).contains(new Host.Name(ascii));
    }

    @ParameterizedTest
    @CsvSource({
        "straße.example, xn--strae-oqa.example",
        "www.STRAße。Bücher.example., www.xn--strae-oqa.xn--bcher-kva.example.",
        "faß.de, xn--fa-hia.de",
        "βόλος.com, xn--nxasmm1c.com",
        "ΒΌΛΟς.com, xn--nxasmm1c.com",
        "ß, xn--zca",
        "ｅß.example, xn--e-qfa.example"
    })
    void keepsTheLettersThatIdna2008Keeps(String name, String ascii) {
        assertThat(HostNames.parse(name)).contains(new Host.Name(ascii));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ß..example", ".ß", "a b.ß", "xn--ß", "a\u2024ß", "ß\0", "ß\uFFFD", "ß.127.1"})
    void refusesWhatIsNoNameWithThemEither(String name) {
        assertThat(HostNames.parse(name)).isEmpty();
        assertThat(HostNames.parse("ß".repeat(60))).isEmpty();
        assertThat(HostNames.parse("ß.".repeat(200))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u200Cb.example", "a\u200Db.example"})
    void refusesWhatHasTwoAsciiForms(String name) {
        assertThat(HostNames.parse(name)).isEmpty();
    }

    @Test
    void refusesWhatHasNoAsciiForm() {
        assertThat(HostNames.parse("ü".repeat(60))).isEmpty();
        assertThat(HostNames.parse("a\uFFFDb")).isEmpty();
        assertThat(HostNames.parse("a.\u00AD")).isEmpty();
        assertThat(HostNames.parse("１２７.1")).isEmpty();
        assertThat(HostNames.parse("127。0。0。1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Example.COM., example.com", "example.com, example.com", "I.TR, i.tr"})
    void comparesWithoutCaseAndFinalDot(String name, String canonical) {
        assertThat(HostNames.canonical(name)).isEqualTo(canonical);
    }
}
