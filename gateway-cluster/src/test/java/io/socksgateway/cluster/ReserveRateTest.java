package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.RateShares;
import io.socksgateway.testkit.Asks;
import io.socksgateway.testkit.Await;
import java.util.AbstractMap.SimpleEntry;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReserveRateTest {

    private static final UUID NODE = new UUID(1, 2);

    @Test
    void theTimeOfTheClusterMayBeSetBackWithoutHoldingAnybodyUp() throws Exception {
        Map.Entry<String, RateShares> entry = new SimpleEntry<>("speed", null);
        long held = new ReserveRate(Asks.of(NODE, 1, true, 0, 500), 1_000, 1_000_000)
                .process(entry)
                .held();
        assertThat(held).isEqualTo(250);
        AtomicInteger asks = new AtomicInteger(1);
        Await.until(() -> new ReserveRate(Asks.of(NODE, asks.incrementAndGet(), false, 250, 500), 1_000, 996_000)
                        .process(entry)
                        .held()
                > 0);
    }
}
