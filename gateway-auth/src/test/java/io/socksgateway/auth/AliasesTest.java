package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AliasesTest {

    private final Aliases aliases = new Aliases();

    @Test
    void knowsWithWhatAUserHasLastLoggedIn() {
        aliases.saw("alice@example.com", "alice");
        aliases.saw("bob", "bob");
        assertThat(aliases.loginOf("alice")).isEqualTo("alice@example.com");
        assertThat(aliases.loginOf("bob")).isEqualTo("bob");
        aliases.saw("alice", "alice");
        assertThat(aliases.loginOf("alice")).isEqualTo("alice");
    }

    @Test
    void admitsWhatItHasForgotten() {
        for (int i = 0; i <= Aliases.MAX_NAMES; i++) {
            aliases.saw("login" + i, "name" + i);
        }
        assertThat(aliases.loginOf("name0")).isNull();
        assertThat(aliases.loginOf("name1")).isEqualTo("login1");
        // It may have had another login once.
        assertThat(aliases.loginOf("bob")).isNull();
    }
}
