package io.socksgateway.deploy.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {

    @Test
    void columnsAreAsWideAsWhatIsInThem() {
        TextTable table = new TextTable("NAME", ">UP", "STATE");
        table.add(List.of("a-long-name", "7", "open"));
        table.add(List.of("b", "1234", ""));

        assertThat(table.lines())
                .containsExactly(
                        "NAME           UP  STATE", //
                        "a-long-name     7  open",
                        "b            1234");
    }

    @Test
    void nothingControlsTheTerminal() {
        TextTable table = new TextTable("USER");
        table.add(List.of("\u001b[31mred\r\n\u009b"));

        assertThat(table.lines()).containsExactly("USER", "?[31mred???");
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThatThrownBy(() -> new TextTable("A", "B").add(List.of("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cells: 1 (expected: 2)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1500000, 1.5 MB",
        "200000000, 200.0 MB",
        "9223372036854775807, 9223.4 PB"
    })
    void octetsHaveAUnit(long count, String text) {
        assertThat(Quantity.octets(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "999, 0s",
        "59999, 59s",
        "60000, 1m00s",
        "3599000, 59m59s",
        "3600000, 1h00m",
        "86400000, 1d00h",
        "97200000, 1d03h"
    })
    void timesHaveTwoUnits(long millis, String text) {
        assertThat(Quantity.time(millis)).isEqualTo(text);
    }
}
