package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario must go the same way however its octets arrive. */
class HandshakeTest {

    private static final byte[] EARLY = {5, 4, 1, 0, -1};

    static Stream<Scenario> scenarios() {
        return Stream.of(Socks5Scenarios.all(), Socks4Scenarios.all(), GssScenarios.all())
                .flatMap(scenarios -> scenarios);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whole(Scenario scenario) {
        assertOutcome(scenario, new Scenario.Run(scenario).feed(Hex.bytes(scenario.input())));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void splitAtEveryPoint(Scenario scenario) {
        byte[] input = Hex.bytes(scenario.input());
        for (int at = 0; at <= input.length; at++) {
            Scenario.Run run = new Scenario.Run(scenario).feed(Arrays.copyOf(input, at));
            assertOutcome(scenario, run.feed(Arrays.copyOfRange(input, at, input.length)));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void octetByOctet(Scenario scenario) {
        Scenario.Run run = new Scenario.Run(scenario);
        for (byte octet : Hex.bytes(scenario.input())) {
            run.feed(new byte[] {octet});
        }
        assertOutcome(scenario, run);
    }

    /** The whole input is there before the question on the credentials is answered. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void pipelinedWhileAuthenticating(Scenario scenario) {
        Scenario.Run run = new Scenario.Run(scenario);
        for (byte octet : Hex.bytes(scenario.input())) {
            run.receive(new byte[] {octet});
        }
        while (run.answer()) {}
        assertOutcome(scenario, run);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatFollowsIsLeftAlone(Scenario scenario) {
        byte[] input = Hex.bytes(scenario.input() + Hex.text(EARLY));
        Scenario.Run run = new Scenario.Run(scenario).feed(input);
        assertThat(run.steps).isEqualTo(scenario.steps());
        assertThat(run.output()).isEqualTo(spaced(scenario.output()));
        if (!last(scenario.steps()).startsWith("end")) {
            assertThat(run.leftOver()).isEqualTo(Hex.text(EARLY));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void truncatedAtEveryPointItOnlyReads(Scenario scenario) {
        byte[] input = Hex.bytes(scenario.input());
        for (int length = 0; length < input.length; length++) {
            Scenario.Run run = new Scenario.Run(scenario).feed(Arrays.copyOf(input, length));
            assertThat(run.waitsForInput()).as("after %d octets", length).isTrue();
            assertThat(run.steps).isNotEqualTo(scenario.steps()).isSubsetOf(scenario.steps());
            assertThat(spaced(scenario.output())).startsWith(run.output());
            assertThat(run.handshake().request()).isNull();
        }
    }

    private static void assertOutcome(Scenario scenario, Scenario.Run run) {
        assertThat(run.steps).isEqualTo(scenario.steps());
        assertThat(run.output()).isEqualTo(spaced(scenario.output()));
        if (last(scenario.steps()).startsWith("open")) {
            assertThat(run.leftOver()).isEmpty();
            assertThat(run.handshake().request()).isNotNull();
        }
    }

    private static String last(List<String> steps) {
        return steps.get(steps.size() - 1);
    }

    private static String spaced(String hex) {
        return Hex.text(Hex.bytes(hex));
    }
}
