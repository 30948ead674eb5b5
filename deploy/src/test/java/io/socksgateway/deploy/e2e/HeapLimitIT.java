package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.socksgateway.deploy.e2e.Distribution.Outcome;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How large the start script lets the heap grow. */
class HeapLimitIT {

    private static final Pattern LIMIT = Pattern.compile(" MaxHeapSize +:?= (\\d+) ");
    private static final int DESCRIPTORS = 1_000;
    private static final long MIB = 1 << 20;

    @Test
    void asMuchAsTheDescriptorsHaveUseFor() throws Exception {
        assertThat(limit("")).isLessThanOrEqualTo(512 * MIB + DESCRIPTORS * 4_096L + 4 * MIB);
    }

    /** A hundredth, so that it is less on this machine too. */
    @Test
    void notMoreThanItsPartOfTheMemory() throws Exception {
        long memory = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        assertThat(limit("-XX:MaxRAMPercentage=1")).isLessThan(memory / 80 + 16 * MIB);
    }

    @Test
    void withTheCollectorThatTheOperatorNames() throws Exception {
        assertThat(limit("-Xmx700m -XX:+UseParallelGC")).isEqualTo(700 * MIB);
    }

    @Test
    void whatTheOperatorSays() throws Exception {
        assertThat(limit("-Xmx700m")).isEqualTo(700 * MIB);
    }

    private static long limit(String option) throws Exception {
        String options = "SOCKS_GATEWAY_OPTS='-XX:+PrintFlagsFinal " + option + "'";
        Outcome outcome = Distribution.end(
                Distribution.startThrough(
                        List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + "; " + options + " exec \"$0\" \"$@\""),
                        "version"),
                "");
        assertThat(outcome.err()).isEmpty();
        Matcher limit = LIMIT.matcher(outcome.out());
        assertThat(limit.find()).isTrue();
        return Long.parseLong(limit.group(1));
    }
}
