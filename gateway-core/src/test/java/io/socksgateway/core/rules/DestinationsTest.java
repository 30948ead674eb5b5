package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "@external", "@Internal", "10.0.0.0/33", "10.0.0.1/8", "10.1", "a b", "a*"})
    void refusesWhatIsNoDestination(String item) {
        assertThat(Destinations.none().with(item)).isEmpty();
    }

    @Test
    void takesEachKindOfItem() {
        Destinations all = Rules.to("*.example.com", "192.0.2.0/24", "2001:db8::1", "@internal");
        assertThat(all.matchesName("www.example.com")).isTrue();
        assertThat(all.matchesName("example.org")).isFalse();
        assertThat(all.matchesAddress(Rules.address("192.0.2.9"), false)).isTrue();
        assertThat(all.matchesAddress(Rules.address("2001:db8::1"), false)).isTrue();
        assertThat(all.matchesAddress(Rules.address("10.1.1.1"), true)).isTrue();
        assertThat(all.matchesAddress(Rules.address("192.0.3.9"), false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // item, internal address, whether the item means it
        "@internal, 127.0.0.1, true",
        "@internal, fe80::1, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.0/8, 127.0.0.1, true",
        "10.1.0.0/16, 10.1.2.3, true",
        "10.1.0.0/16, 10.2.0.1, false",
        "0.0.0.0/0, 127.0.0.1, false",
        "8.0.0.0/6, 10.0.0.1, false", // reaches into 10.0.0.0/8, from outside
        "::/0, ::1, false",
        "::1, ::1, true",
        "*, 127.0.0.1, false",
        "localhost, 127.0.0.1, false",
    })
    void namesInternalOnlyWhenItIsMeant(String item, String address, boolean named) {
        assertThat(Rules.to(item).namesInternal(Rules.address(address))).isEqualTo(named);
    }

    @Test
    void dependsOnTheAddressOnlyIfAnItemDoes() {
        assertThat(Rules.to("*.example.com").dependsOnAddress()).isFalse();
        assertThat(Destinations.ANY.dependsOnAddress()).isFalse();
        assertThat(Rules.to("10.0.0.0/8").dependsOnAddress()).isTrue();
        assertThat(Rules.to("@internal").dependsOnAddress()).isTrue();
    }

    @Test
    void nothingMatchesNothing() {
        assertThat(Destinations.none().matchesAny()).isFalse();
        assertThat(Destinations.none().matchesName("a")).isFalse();
        assertThat(Destinations.none().matchesAddress(Rules.address("1.1.1.1"), true))
                .isFalse();
    }
}
