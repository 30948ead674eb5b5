package io.socksgateway.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.socksgateway.core.store.UsageStoreStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreMetersTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<UsageStoreStatus> stores = new ArrayList<>();
    private final StoreMeters meters = new StoreMeters(() -> stores, new Meters(registry));

    private List<String> scrape() {
        meters.read();
        return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void howAStoreGetsOnIsToldOnceThereIsOne() {
        assertThat(scrape()).isEmpty();

        stores.add(new UsageStoreStatus("node", false, false, 3, 0, 1, 0, 5_000));
        assertThat(scrape())
                .contains(
                        "socks_gateway_quota_store_working{store=\"node\"} 0.0",
                        "socks_gateway_quota_store_restored{store=\"node\"} 0.0",
                        "socks_gateway_quota_store_pending{store=\"node\"} 3.0",
                        "socks_gateway_quota_store_failures_total{store=\"node\"} 1.0",
                        "socks_gateway_quota_store_last_success_timestamp_seconds{store=\"node\"} 0.0");

        stores.set(0, new UsageStoreStatus("node", true, true, 0, 7, 1, 6_500, 5_000));
        stores.add(new UsageStoreStatus("cluster", true, true, 0, 0, 0, 0, 0));
        assertThat(scrape())
                .contains(
                        "socks_gateway_quota_store_working{store=\"node\"} 1.0",
                        "socks_gateway_quota_store_restored{store=\"node\"} 1.0",
                        "socks_gateway_quota_store_pending{store=\"node\"} 0.0",
                        "socks_gateway_quota_store_written_total{store=\"node\"} 7.0",
                        "socks_gateway_quota_store_last_success_timestamp_seconds{store=\"node\"} 6.5",
                        "socks_gateway_quota_store_working{store=\"cluster\"} 1.0");
    }
}
