package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.wire.Command;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a rule concerns, apart from the destination's host. */
class RuleTest {

    private static final Rule ANY = Rules.allow("any");
    private static final Subject ALICE = Rules.subject("192.0.2.1", "alice", "staff", "ops");
    private static final Subject NOBODY = Rules.subject("192.0.2.1", null);

    @Test
    void withoutConditionsItConcernsEverybody() {
        assertThat(ANY.concerns(ALICE, 0)).isTrue();
        assertThat(ANY.concerns(NOBODY, 65_535)).isTrue();
    }

    @Test
    void users() {
        assertThat(Rules.users(ANY, "bob", "alice").concerns(ALICE, 80)).isTrue();
        assertThat(Rules.users(ANY, "bob").concerns(ALICE, 80)).isFalse();
        assertThat(Rules.users(ANY, "Alice").concerns(ALICE, 80)).isFalse();
        assertThat(Rules.users(ANY, "alice").concerns(NOBODY, 80)).isFalse();
    }

    @Test
    void oneGroupIsEnough() {
        assertThat(Rules.groups(ANY, "guests", "ops").concerns(ALICE, 80)).isTrue();
        assertThat(Rules.groups(ANY, "guests").concerns(ALICE, 80)).isFalse();
        assertThat(Rules.groups(ANY, "ops").concerns(NOBODY, 80)).isFalse();
    }

    @Test
    void userAndGroupMustBothFit() {
        assertThat(Rules.groups(Rules.users(ANY, "alice"), "staff").concerns(ALICE, 80))
                .isTrue();
        assertThat(Rules.groups(Rules.users(ANY, "bob"), "staff").concerns(ALICE, 80))
                .isFalse();
        assertThat(Rules.groups(Rules.users(ANY, "alice"), "guests").concerns(ALICE, 80))
                .isFalse();
    }

    @Test
    void client() {
        assertThat(Rules.from(ANY, "10.0.0.0/8", "192.0.2.0/24").concerns(ALICE, 80))
                .isTrue();
        assertThat(Rules.from(ANY, "10.0.0.0/8", "2001:db8::/32").concerns(ALICE, 80))
                .isFalse();
        assertThat(Rules.from(ANY, "::/0").concerns(ALICE, 80)).isFalse();
    }

    @Test
    void command() {
        Subject bind = new Subject(ALICE.client(), "alice", Set.of(), Command.BIND);
        Rule rule = Rules.commands(ANY, Command.CONNECT, Command.UDP);
        assertThat(rule.concerns(ALICE, 80)).isTrue();
        assertThat(rule.concerns(bind, 80)).isFalse();
    }

    @Test
    void port() {
        Rule rule = Rules.ports(ANY, "443", "8000-8999");
        assertThat(rule.concerns(ALICE, 443)).isTrue();
        assertThat(rule.concerns(ALICE, 8_999)).isTrue();
        assertThat(rule.concerns(ALICE, 80)).isFalse();
    }
}
