package io.socksgateway.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationMetersTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Not a variable: it keeps what the registry reads from being collected. */
    private final Meters meters = new Meters(registry);

    @Test
    void everyKindIsToldFromTheBeginningAndGrows() {
        Map<String, Long> sent = new HashMap<>();
        OperationMeters.register(() -> sent, meters);
        assertThat(registry.scrape().lines().filter(line -> line.endsWith("} 0.0")))
                .hasSize(5);

        sent.put("start", 3L);
        sent.put("traffic", 2L);

        assertThat(registry.scrape())
                .contains("socks_gateway_quota_operations_total{kind=\"start\"} 3.0")
                .contains("socks_gateway_quota_operations_total{kind=\"traffic\"} 2.0")
                .contains("socks_gateway_quota_operations_total{kind=\"end\"} 0.0");
    }
}
