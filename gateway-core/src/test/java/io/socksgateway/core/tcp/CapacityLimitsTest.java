package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "50000, 1048576, 50000, 200000, 50000, 31736",
        "50000, 524288, 50000, 200000, 50000, 15864",
        "50000, 131072, 50000, 102960, 15840, 3960", // not all of them UDP
        "50000, 65536, 25688, 51376, 7904, 1976",
        "50000, 20000, 7768, 15536, 2389, 597",
        "50000, 4096, 1508, 3016, 464, 116",
        "50000, 1024, 299, 598, 92, 23",
        "50000, 256, 52, 104, 16, 4",
        "50000, 16, 3, 7, 1, 0",
        "50000, 1, 1, 2, 1, 0",
        "100, 1024, 100, 400, 290, 23",
        "10, 1048576, 10, 40, 1024, 31736",
        "1, 1024, 1, 4, 686, 23",
    })
    void theSmallerOfBothLimitsCounts(
            int wanted, long available, int sessions, int descriptors, int negotiating, int pipes) {
        assertThat(CapacityLimits.of(wanted, available))
                .isEqualTo(new CapacityLimits(wanted, available, sessions, descriptors, negotiating, pipes));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    void withoutALimitOfDescriptorsOnlyTheConfigurationCounts(long available) {
        assertThat(CapacityLimits.of(50_000, available))
                .isEqualTo(new CapacityLimits(50_000, Long.MAX_VALUE, 50_000, 200_000, 50_000, 65_536));
        assertThat(CapacityLimits.of(1_000_000, available).sessions()).isEqualTo(1_000_000);
    }

    @Test
    void allTogetherLeaveSomeForTheProcess() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            int wanted = 1 + random.nextInt(1 << random.nextInt(20));
            long available = 16L + random.nextInt(1 << random.nextInt(24));
            CapacityLimits limits = CapacityLimits.of(wanted, available);
            assertThat(limits.sessions()).isBetween(1, wanted);
            assertThat(limits.negotiating()).isPositive();
            assertThat(limits.sessions() * 2).as("%s", limits).isLessThanOrEqualTo(limits.descriptors());
            assertThat((long) limits.descriptors() + limits.negotiating() + 2L * limits.pipes())
                    .as("%s", limits)
                    .isLessThanOrEqualTo(available - Math.min(available / 2, 256));
        }
    }

    @ParameterizedTest
    @CsvSource({"1048576, 1024", "131072, 1024", "65536, 576", "1024, 72", "16, 2", "1, 1", "0, 1024"})
    void lookupsTakeHalfOfWhatIsLeftToTheProcess(long available, int lookups) {
        CapacityLimits limits = CapacityLimits.of(50_000, available);
        assertThat(limits.lookups()).isEqualTo(lookups);
        long others = limits.descriptors() + limits.negotiating() + 2L * limits.pipes();
        assertThat(2L * lookups).isLessThanOrEqualTo(Math.max(2, (limits.available() - others) / 2));
    }

    @ParameterizedTest
    @CsvSource({"50000, 1024", "50000, 65536", "50000, 118000", "1000000, 1048576", "600, 1024", "7, 16"})
    void theAdviceIsEnoughAndNotMuchMore(int wanted, long available) {
        String advice = CapacityLimits.of(wanted, available).advice().orElseThrow();
        assertThat(advice).contains(" is " + wanted, available + " descriptors", "LimitNOFILE=", "ulimit");
        Matcher number = Pattern.compile("raise their limit to (\\d+)").matcher(advice);
        assertThat(number.find()).isTrue();
        long advised = Long.parseLong(number.group(1));
        assertThat(CapacityLimits.of(wanted, advised).sessions()).isEqualTo(wanted);
        assertThat(CapacityLimits.of(wanted, advised).advice()).isEmpty();
        assertThat(advised).isLessThan(wanted * 13L / 5 + 300);
    }

    @Test
    void whoHasEnoughNeedsNoAdvice() {
        assertThat(CapacityLimits.of(50_000, 1 << 20).advice()).isEmpty();
        assertThat(CapacityLimits.of(50_000, 0).advice()).isEmpty();
    }
}
