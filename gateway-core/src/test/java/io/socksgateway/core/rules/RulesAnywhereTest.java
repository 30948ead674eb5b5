package io.socksgateway.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.wire.Command;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of a request whose destinations come later. */
class RulesAnywhereTest {

    private static final Subject UDP =
            new Subject(Addresses.parse("192.0.2.1").orElseThrow(), null, Set.of(), Command.UDP);

    private static final Destinations LAB =
            Destinations.none().with("*.lab.example").orElseThrow();

    @Test
    void withoutRulesEverythingMayCome() {
        assertThat(decide().refused()).isFalse();
    }

    @Test
    void oneAllowingRuleThatCouldMatchIsEnough() {
        assertThat(decide(rule("a", true, Set.of(), LAB, "53")).refused()).isFalse();
        assertThat(decide(rule("a", false, Set.of(), LAB), rule("b", true, Set.of(), Destinations.ANY))
                        .refused())
                .isFalse();
    }

    @Test
    void rulesForOtherCommandsDoNotHelp() {
        assertThat(decide(rule("a", true, Set.of(Command.CONNECT), Destinations.ANY)))
                .isEqualTo(Verdict.UNMATCHED);
    }

    @Test
    void aDenialOfEverythingIsTheEnd() {
        Rule all = rule("b", true, Set.of(), Destinations.ANY);

        assertThat(decide(rule("a", false, Set.of(Command.UDP), Destinations.ANY), all))
                .isEqualTo(new Verdict(Verdict.Outcome.DENY, "a"));
        assertThat(decide(rule("a", false, Set.of(Command.UDP), Destinations.ANY, "53"), all)
                        .refused())
                .isFalse();
        assertThat(decide(rule("a", false, Set.of(Command.UDP), LAB), all).refused())
                .isFalse();
    }

    private static Verdict decide(Rule... rules) {
        return new RuleSet(List.of(rules), (address, port) -> false).decideAnywhere(UDP);
    }

    private static Rule rule(String id, boolean allow, Set<Command> commands, Destinations to, String... ports) {
        return new Rule(
                id,
                allow,
                Set.of(),
                Set.of(),
                List.of(),
                commands,
                to,
                List.of(ports).stream()
                        .map(port -> PortRange.parse(port).orElseThrow())
                        .toList());
    }
}
