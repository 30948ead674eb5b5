package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginSubjectTest {

    private static LoginSubject of(String client, String user) {
        return LoginSubject.of(Addresses.parse(client).orElseThrow(), user);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,             192.0.2.7,             192.0.2.0/24",
        "255.255.255.255,       255.255.255.255,       255.255.255.0/24",
        "::ffff:192.0.2.7,      192.0.2.7,             192.0.2.0/24",
        "2001:db8:1:2:3:4:5:6,  2001:db8:1:2::/64,     2001:db8:1::/48",
        "2001:db8:1:2::,        2001:db8:1:2::/64,     2001:db8:1::/48",
        "::1,                   ::/64,                 ::/48",
    })
    void watchesTheAddressAndTheUserInItsNetwork(String client, String address, String network) {
        LoginSubject who = of(client, "alice");
        assertThat(who.client()).isEqualTo("client/" + address);
        assertThat(who.user()).isEqualTo("user/" + network + "/alice");
        assertThat(LoginSubject.clientOf(who.client())).isEqualTo(address);
        assertThat(LoginSubject.userOf(who.client())).isEmpty();
        assertThat(LoginSubject.clientOf(who.user())).isEqualTo(network);
        assertThat(LoginSubject.userOf(who.user())).isEqualTo("alice");
    }

    @Test
    void theCaseOfANameIsNoWayRound() {
        assertThat(of("192.0.2.7", "ALICE")).isEqualTo(of("192.0.2.7", "alice"));
    }

    @Test
    void aClientAloneIsWatchedLikeAnyOther() {
        LoginSubject who = LoginSubject.of(Addresses.parse("2001:db8:1:2::9").orElseThrow());
        assertThat(who.keys()).containsExactly(of("2001:db8:1:2::7", "alice").client());
        assertThat(of("192.0.2.7", "alice").keys()).hasSize(2);
    }

    @Test
    void aNameMayHoldAnything() {
        LoginSubject odd = of("192.0.2.7", "a/b/../client/::");
        assertThat(LoginSubject.userOf(odd.user())).isEqualTo("a/b/../client/::");
        assertThat(LoginSubject.clientOf(odd.user())).isEqualTo("192.0.2.0/24");
        assertThat(LoginSubject.userOf(of("192.0.2.7", "").user())).isEmpty();
    }

    @Test
    void aUserElsewhereIsAnother() {
        assertThat(of("192.0.2.7", "alice").user())
                .isEqualTo(of("192.0.2.8", "alice").user())
                .isNotEqualTo(of("192.0.3.7", "alice").user());
        assertThat(of("2001:db8:1:2::1", "alice").client())
                .isNotEqualTo(of("2001:db8:1:3::1", "alice").client());
        assertThat(of("2001:db8:1:2::1", "alice").user())
                .isEqualTo(of("2001:db8:1:3::1", "alice").user());
    }
}
