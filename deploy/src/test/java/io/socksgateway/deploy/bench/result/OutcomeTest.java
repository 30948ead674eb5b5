package io.socksgateway.deploy.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {

    private static final String SCENARIO = "echo-64";

    private final List<Measurement> measurements = new ArrayList<>();

    private OutcomeTest measured(String server, double... cpu) {
        for (int i = 0; i < cpu.length; i++) {
            measurements.add(
                    new Measurement(server, SCENARIO, i, Map.of(Figure.CPU, cpu[i], Figure.RATE, cpu[i]), Map.of(), 0));
        }
        return this;
    }

    private Outcome outcome(Base base, double must, double aim) {
        return Outcome.of(
                new Goal("CPU", "gateway", SCENARIO, Figure.CPU, base, false, must, aim), new Results(measurements));
    }

    @ParameterizedTest
    @CsvSource({"70, AIM", "75, AIM", "76, MUST", "100, MUST", "101, MISSED"})
    void judgesTheRatio(double gateway, Verdict verdict) {
        measured("gateway", gateway).measured("haproxy-copy", 100);

        assertThat(outcome(new Base.Server("haproxy-copy"), 1, 0.75).verdict()).isEqualTo(verdict);
    }

    /** A machine that was half as fast for a while was so for both. */
    @Test
    void comparesWithinEachRepetition() {
        measured("gateway", 10, 20, 22).measured("haproxy-copy", 10, 20, 11);

        Outcome outcome = outcome(new Base.Server("haproxy-copy"), 1, 0.75);

        assertThat(outcome.ratio()).hasValue(1);
        assertThat(outcome.value()).hasValue(20);
        assertThat(outcome.baseValue()).hasValue(11);
    }

    @Test
    void takesTheBestSocksServer() {
        measured("gateway", 30).measured("dante", 20).measured("microsocks", 15).measured("haproxy-copy", 5);

        Outcome least = outcome(new Base.BestSocksServer(), 1, 0.75);
        Outcome most = Outcome.of(
                new Goal("rate", "gateway", SCENARIO, Figure.RATE, new Base.BestSocksServer(), true, 1, 1.6),
                new Results(measurements));

        assertThat(least.base()).isEqualTo("microsocks");
        assertThat(least.ratio()).hasValue(2);
        assertThat(most.base()).isEqualTo("dante");
        assertThat(most.verdict()).isEqualTo(Verdict.MUST);
    }

    @Test
    void judgesAFigureWithoutABaseByItself() {
        measured("gateway", 11.5);

        assertThat(outcome(new Base.Nothing(), 12, 6).verdict()).isEqualTo(Verdict.MUST);
    }

    @Test
    void comparesWithAnotherScenarioOfTheSameServer() {
        measured("gateway", 12);
        measurements.add(new Measurement("gateway", "other", 0, Map.of(Figure.CPU, 10.0), Map.of(), 0));

        assertThat(outcome(new Base.Scenario("other"), 1.3, 1.1).ratio().orElseThrow())
                .isCloseTo(1.2, within(1e-9));
    }

    @Test
    void saysWhenSomethingWasNotMeasured() {
        measured("gateway", 1);
        Outcome withoutBase = outcome(new Base.Server("haproxy-copy"), 1, 0.75);

        assertThat(withoutBase.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(withoutBase.ratio()).isEmpty();

        measurements.clear();
        measured("haproxy-copy", 1);
        assertThat(outcome(new Base.Server("haproxy-copy"), 1, 0.75).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void saysHowFarRepetitionsDiffer() {
        measured("gateway", 10, 20, 22).measured("haproxy-copy", 10, 20, 11).measured("once", 3);

        // 12 / 20 and 10 / 11
        assertThat(new Results(measurements).spread(Figure.CPU).orElseThrow())
                .isCloseTo((0.6 + 10.0 / 11) / 2, within(1e-9));
        measurements.clear();
        assertThat(new Results(measurements).spread(Figure.CPU)).isEmpty();
    }

    @Test
    void findsTheMedian() {
        assertThat(Median.of(List.of(3.0, 1.0, 2.0))).hasValue(2);
        assertThat(Median.of(List.of(4.0, 1.0, 2.0, 3.0))).hasValue(2.5);
        assertThat(Median.of(List.of())).isEqualTo(OptionalDouble.empty());
    }
}
