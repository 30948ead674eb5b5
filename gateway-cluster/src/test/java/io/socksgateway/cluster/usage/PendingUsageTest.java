package io.socksgateway.cluster.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.quota.TrafficUsage.Share;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PendingUsageTest {

    private static final UUID A = new UUID(1, 1);
    private static final UUID B = new UUID(2, 2);

    private final PendingUsage pending = new PendingUsage(60_000);

    private static TrafficUsage usage(long period, UUID node, long number) {
        return new TrafficUsage(period, Map.of(node, new Share(number, number, number)));
    }

    private Future<Void> put(TrafficUsage usage) {
        return pending.put("u/ann", usage);
    }

    @Test
    void whatIsOlderDoesNotReplaceWhatIsNewer() {
        Future<Void> unused = put(usage(10, A, 5));
        unused = put(usage(10, A, 4));
        unused = put(usage(10, B, 1));
        unused = put(usage(9, A, 9));
        assertThat(pending.take().usages())
                .containsExactly(Map.entry("u/ann", usage(10, A, 5).merge(usage(10, B, 1))));
    }

    @Test
    void theLastThatIsToldOfOneAskCounts() {
        Future<Void> unused = put(new TrafficUsage(10, Map.of(A, new Share(5, 1, 2))));
        unused = put(new TrafficUsage(10, Map.of(A, new Share(5, 1, 9))));
        assertThat(pending.take().usages()).containsEntry("u/ann", new TrafficUsage(10, Map.of(A, new Share(5, 1, 9))));
    }

    @Test
    void whatCouldNotBeWrittenWaitsTogetherWithWhatCameMeanwhile() {
        Future<Void> unused = put(usage(10, A, 5));
        unused = pending.put("u/bob", usage(10, B, 1));
        PendingUsage.Batch batch = pending.take();
        Future<Void> later = put(usage(10, A, 4));
        pending.failed(batch);
        assertThat(later.isComplete()).as("nobody waits").isTrue();
        assertThat(pending.size()).isEqualTo(2);
        assertThat(pending.take().usages())
                .containsOnly(Map.entry("u/ann", usage(10, A, 5)), Map.entry("u/bob", usage(10, B, 1)));
        assertThat(pending.isEmpty()).isTrue();
    }
}
