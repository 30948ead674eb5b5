package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HostPortTest {

    private final HostPort.Converter converter = new HostPort.Converter();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1080, 127.0.0.1, 1080",
        "localhost:0, localhost, 0",
        "[::1]:65535, ::1, 65535",
        "[2001:db8::7]:80, 2001:db8::7, 80",
        "host.example:00080, host.example, 80"
    })
    void readsHostAndPort(String text, String host, int port) {
        assertThat(converter.convert(text)).isEqualTo(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1080",
                ":1080",
                "host",
                "host:",
                "host:port",
                "host:-1",
                "host:+1",
                "host:65536",
                "host:99999",
                "host:123456",
                "host: 1",
                "[]:1080",
                "host:\u0661"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("127.0.0.1:1080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1:1080", "::1", "2001:db8::7:80", "[::1:1080", "::1]:1080"})
    void asksForBracketsAroundIpv6(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("[::1]:1080");
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(new HostPort("::1", 1)).hasToString("[::1]:1");
        assertThat(new HostPort("127.0.0.1", 1)).hasToString("127.0.0.1:1");
    }
}
