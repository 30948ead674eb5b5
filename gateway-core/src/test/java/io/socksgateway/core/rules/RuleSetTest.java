package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.rules.Verdict.Outcome;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions on addresses, and on addresses that a name has led to. */
class RuleSetTest {

    private static final Subject ALICE = Rules.subject("192.0.2.1", "alice", "staff");
    private static final int OWN_PORT = 1_080;

    private static RuleSet rules(Rule... rules) {
        return new RuleSet(List.of(rules), (address, port) -> port == OWN_PORT && address.equals(PUBLIC));
    }

    private static final InetAddress PUBLIC = Rules.address("203.0.113.7");

    private static Verdict verdict(Outcome outcome, @Nullable String rule) {
        return new Verdict(outcome, rule);
    }

    private static Arguments row(
            RuleSet rules, @Nullable String name, String address, Outcome outcome, @Nullable String rule) {
        return Arguments.of(rules, name, address, outcome, rule);
    }

    static Stream<Arguments> decisions() {
        RuleSet none = rules();
        RuleSet order = rules(Rules.deny("first", "*.example.com"), Rules.allow("second"), Rules.deny("third"));
        RuleSet range = rules(Rules.deny("range", "198.51.100.0/24"), Rules.allow("name", "*.example.com"));
        RuleSet everything = rules(Rules.allow("any"));
        RuleSet all4 = rules(Rules.allow("all4", "0.0.0.0/0"));
        RuleSet internal = rules(Rules.allow("in", "@internal"), Rules.allow("out"));
        RuleSet lab = rules(Rules.allow("lab", "10.1.0.0/16"), Rules.allow("out"));
        RuleSet literal = rules(Rules.allow("literal", "169.254.169.254"));
        RuleSet denied = rules(Rules.deny("no", "@internal"), Rules.allow("in", "10.0.0.0/8"));
        return Stream.of(
                // without rules all but the inside is open
                row(none, null, "198.51.100.1", Outcome.ALLOW, null),
                row(none, "www.example.com", "198.51.100.1", Outcome.ALLOW, null),
                row(none, null, "127.0.0.1", Outcome.INTERNAL, null),
                row(none, "evil.example.com", "10.0.0.1", Outcome.INTERNAL, null),
                row(none, null, "64:ff9b::a00:1", Outcome.INTERNAL, null),
                // the first that matches decides
                row(order, "www.example.com", "198.51.100.1", Outcome.DENY, "first"),
                row(order, "WWW.EXAMPLE.COM.", "198.51.100.1", Outcome.DENY, "first"),
                row(order, "example.com", "198.51.100.1", Outcome.ALLOW, "second"),
                row(order, null, "198.51.100.1", Outcome.ALLOW, "second"),
                // a name and the address that it has led to
                row(range, "www.example.com", "198.51.100.1", Outcome.DENY, "range"),
                row(range, "www.example.com", "203.0.113.1", Outcome.ALLOW, "name"),
                row(range, null, "203.0.113.1", Outcome.DENY, null),
                row(range, "example.org", "203.0.113.1", Outcome.DENY, null),
                // the inside has to be named
                row(everything, null, "10.0.0.1", Outcome.INTERNAL, null),
                row(everything, "rebound.example.com", "127.0.0.1", Outcome.INTERNAL, null),
                row(all4, null, "198.51.100.1", Outcome.ALLOW, "all4"),
                row(all4, null, "10.0.0.1", Outcome.INTERNAL, null),
                row(all4, null, "2001:db8::1", Outcome.DENY, null),
                row(internal, null, "127.0.0.1", Outcome.ALLOW, "in"),
                row(internal, null, "198.51.100.1", Outcome.ALLOW, "out"),
                row(internal, "localhost", "::1", Outcome.ALLOW, "in"),
                row(lab, null, "10.1.2.3", Outcome.ALLOW, "lab"),
                row(lab, "db.lab", "10.1.2.3", Outcome.ALLOW, "lab"),
                row(lab, null, "10.2.2.3", Outcome.INTERNAL, null),
                row(literal, null, "169.254.169.254", Outcome.ALLOW, "literal"),
                row(literal, null, "169.254.169.253", Outcome.DENY, null),
                row(denied, null, "10.0.0.1", Outcome.DENY, "no"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void decides(RuleSet rules, @Nullable String name, String address, Outcome outcome, @Nullable String rule) {
        assertThat(rules.decide(ALICE, name, Rules.address(address), 443)).isEqualTo(verdict(outcome, rule));
    }

    @Test
    void aRuleThatConcernsSomebodyElseIsPassedOver() {
        RuleSet rules = rules(Rules.users(Rules.deny("bob"), "bob"), Rules.ports(Rules.allow("web"), "443"));
        assertThat(rules.decide(ALICE, null, PUBLIC, 443)).isEqualTo(verdict(Outcome.ALLOW, "web"));
        assertThat(rules.decide(ALICE, null, PUBLIC, 22)).isEqualTo(verdict(Outcome.DENY, null));
        assertThat(rules.decide(Rules.subject("192.0.2.1", "bob"), null, PUBLIC, 443))
                .isEqualTo(verdict(Outcome.DENY, "bob"));
    }

    @Test
    void theGatewaysOwnListenerIsInside() {
        assertThat(rules().decide(ALICE, null, PUBLIC, OWN_PORT)).isEqualTo(verdict(Outcome.INTERNAL, null));
        assertThat(rules().decide(ALICE, null, PUBLIC, 443).allowed()).isTrue();
        RuleSet any = rules(Rules.allow("any"));
        assertThat(any.decide(ALICE, "gateway.example.com", PUBLIC, OWN_PORT))
                .isEqualTo(verdict(Outcome.INTERNAL, null));
        RuleSet range = rules(Rules.allow("range", "203.0.113.0/24"));
        assertThat(range.decide(ALICE, null, PUBLIC, OWN_PORT)).isEqualTo(verdict(Outcome.INTERNAL, null));
        RuleSet literal = rules(Rules.allow("literal", "203.0.113.7"));
        assertThat(literal.decide(ALICE, null, PUBLIC, OWN_PORT)).isEqualTo(verdict(Outcome.ALLOW, "literal"));
    }

    @Test
    void theKeywordMeansOwnListenersToo() {
        RuleSet internal = rules(Rules.allow("in", "@internal"));
        assertThat(internal.decide(ALICE, null, PUBLIC, OWN_PORT)).isEqualTo(verdict(Outcome.ALLOW, "in"));
        assertThat(internal.decide(ALICE, null, PUBLIC, 443)).isEqualTo(verdict(Outcome.DENY, null));
    }
}
