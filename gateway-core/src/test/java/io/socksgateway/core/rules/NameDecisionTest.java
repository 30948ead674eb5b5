package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.rules.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions on names that are not resolved yet: a certain "no" at once, never a "yes". */
class NameDecisionTest {

    private static final Subject ALICE = Rules.subject("192.0.2.1", "alice");

    private static Verdict decide(String name, int port, Rule... rules) {
        return new RuleSet(List.of(rules), (address, own) -> false).decide(ALICE, Rules.endpoint(name, port));
    }

    @Test
    void withoutRulesItDependsOnTheAddress() {
        assertThat(decide("www.example.com", 443)).isEqualTo(Verdict.DEPENDS);
        assertThat(Verdict.DEPENDS.allowed()).isFalse();
        assertThat(Verdict.DEPENDS.refused()).isFalse();
    }

    @Test
    void anAllowedNameStillDependsOnItsAddress() {
        assertThat(decide("www.example.com", 443, Rules.allow("a", "*.example.com")))
                .isEqualTo(Verdict.DEPENDS);
    }

    @Test
    void aDeniedNameIsRefusedUnresolved() {
        Verdict verdict = decide("www.EXAMPLE.com.", 443, Rules.deny("a", "*.example.com"), Rules.allow("b"));
        assertThat(verdict).isEqualTo(new Verdict(Outcome.DENY, "a"));
        assertThat(verdict.refused()).isTrue();
    }

    @Test
    void anUnmatchedNameIsRefusedUnresolved() {
        assertThat(decide("example.org", 443, Rules.allow("a", "*.example.com")))
                .isEqualTo(new Verdict(Outcome.DENY, null));
    }

    @Test
    void aRangeInTheWayMakesItDepend() {
        assertThat(decide("www.example.com", 443, Rules.allow("a", "10.0.0.0/8"), Rules.deny("b")))
                .isEqualTo(Verdict.DEPENDS);
        assertThat(decide("www.example.com", 443, Rules.deny("a", "@internal"), Rules.allow("b")))
                .isEqualTo(Verdict.DEPENDS);
        assertThat(decide("www.example.com", 443, Rules.deny("a", "10.0.0.0/8"), Rules.allow("b", "2001:db8::/32")))
                .isEqualTo(Verdict.DEPENDS);
    }

    @Test
    void aRangeThatIsDeniedTooMakesNoDifference() {
        assertThat(decide("a.tagged.test", 443, Rules.deny("a", "203.0.113.13"), Rules.deny("b", "*.tagged.test")))
                .isEqualTo(new Verdict(Outcome.DENY, "b"));
        assertThat(decide("www.example.com", 443, Rules.deny("a", "@internal"), Rules.deny("b")))
                .isEqualTo(new Verdict(Outcome.DENY, "b"));
        assertThat(decide("www.example.com", 443, Rules.deny("a", "10.0.0.0/8"), Rules.allow("b", "*.example.org")))
                .isEqualTo(new Verdict(Outcome.DENY, null));
        assertThat(decide("www.example.com", 443, Rules.deny("a", "10.0.0.0/8", "*.example.com"), Rules.allow("b")))
                .isEqualTo(new Verdict(Outcome.DENY, "a"));
    }

    @Test
    void aRangeForOtherPortsIsNotInTheWay() {
        Rule ssh = Rules.ports(Rules.allow("a", "10.0.0.0/8"), "22");
        assertThat(decide("www.example.com", 443, ssh, Rules.deny("b"))).isEqualTo(new Verdict(Outcome.DENY, "b"));
        assertThat(decide("www.example.com", 22, ssh, Rules.deny("b"))).isEqualTo(Verdict.DEPENDS);
    }

    @Test
    void aLiteralIsDecidedAtOnce() {
        assertThat(decide("198.51.100.1", 443, Rules.allow("a", "198.51.100.0/24")))
                .isEqualTo(new Verdict(Outcome.ALLOW, "a"));
        assertThat(decide("::ffff:127.0.0.1", 443, Rules.allow("a"))).isEqualTo(new Verdict(Outcome.INTERNAL, null));
    }

    @Test
    void aNameInOtherLettersIsTheSameName() {
        assertThat(decide("ｗww.example.com", 443, Rules.deny("a", "*.example.com"), Rules.allow("b")))
                .isEqualTo(new Verdict(Outcome.DENY, "a"));
    }
}
