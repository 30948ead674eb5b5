package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.HostNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "example.com, EXAMPLE.com., true",
        "Example.COM., example.com, true",
        "example.com, www.example.com, false",
        "example.com, badexample.com, false",
        "*.example.com, www.example.com, true",
        "*.example.com, a.b.EXAMPLE.com., true",
        "*.example.com, example.com, false",
        "*.example.com, badexample.com, false",
        "*.example.com, example.com.evil.test, false",
        "*.EXAMPLE.com., www.example.com, true",
        "*, anything, true",
        "bücher.example, xn--bcher-kva.example, true",
        "bücher.example, BÜCHER.example, true",
        "xn--bcher-kva.example, bücher.example, true",
        "*.bücher.example, www.XN--BCHER-KVA.example, true",
        "straße.example, xn--strae-oqa.example, true",
        "*.xn--strae-oqa.example, www.straße.example, true",
        "straße.example, strasse.example, false",
        "example.com, ｅxample.com, true",
        "*.example.com, www。example.com, true",
    })
    void matches(String pattern, String name, boolean matches) {
        NamePattern parsed = NamePattern.parse(pattern).orElseThrow();
        String asked = HostNames.parse(name).orElseThrow().toString();
        assertThat(parsed.matches(HostNames.canonical(asked))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "*.",
                "**",
                "*.*",
                "*example.com",
                "www.*.com",
                "example.*",
                "@internal",
                "@",
                "a b",
                "a..b",
                "10.0.0.0/8",
                "10.1",
                "192.0.2.1",
                "*.192.0.2.1",
                "::1",
                "*.0x7f",
                "a\u200Db.example"
            })
    void refusesWhatIsNoPattern(String text) {
        assertThat(NamePattern.parse(text)).isEmpty();
    }

    @Test
    void onlyTheStarIsForAddressesToo() {
        assertThat(NamePattern.parse("*"))
                .hasValueSatisfying(star -> assertThat(star.isAny()).isTrue());
        assertThat(NamePattern.parse("*.a"))
                .hasValueSatisfying(name -> assertThat(name.isAny()).isFalse());
        assertThat(NamePattern.parse("a"))
                .hasValueSatisfying(name -> assertThat(name.isAny()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"*, *", "*.Example.com, *.example.com", "example.com., example.com"})
    void printsCanonically(String text, String canonical) {
        assertThat(NamePattern.parse(text).orElseThrow()).hasToString(canonical);
    }
}
