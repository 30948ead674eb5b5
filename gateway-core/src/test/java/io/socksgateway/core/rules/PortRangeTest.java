package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {

    @ParameterizedTest
    @CsvSource({"443, 443, 443, 443", "8000-8999, 8000, 8999, 8000-8999", "0-65535, 0, 65535, 0-65535", "7-7, 7, 7, 7"})
    void parses(String text, int first, int last, String printed) {
        assertThat(PortRange.parse(text)).contains(new PortRange(first, last));
        assertThat(new PortRange(first, last)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "80-", "-80", "65536", "1-65536", "9-8", "080808", "http", "80 ", "1-2-3", "+1", "٤٤٣"})
    void refusesWhatIsNoRange(String text) {
        assertThat(PortRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"79, false", "80, true", "81, true", "82, true", "83, false"})
    void containsBothEnds(int port, boolean contains) {
        assertThat(new PortRange(80, 82).contains(port)).isEqualTo(contains);
    }
}
