package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.socksgateway.core.config.TlsConfig;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * When the certificates end that clients are shown.
 *
 * <p>Confined to one scrape at a time.
 */
final class CertificateMeters {

    private final Supplier<Map<String, TlsConfig>> certificates;
    private final MultiGauge ends;

    CertificateMeters(Supplier<Map<String, TlsConfig>> certificates, Meters meters) {
        this.certificates = certificates;
        this.ends = meters.gauges(
                "certificate.expiry.timestamp.seconds",
                "When the first certificate of the chain in use is not valid any more, since 1970");
    }

    void read() {
        List<Row<?>> rows = new ArrayList<>();
        certificates
                .get()
                .forEach((listener, tls) -> rows.add(Row.of(Tags.of("listener", listener), firstEnd(tls.chain()))));
        ends.register(rows, true);
    }

    /** Of a chain, as each of its certificates is needed. */
    private static long firstEnd(List<X509Certificate> chain) {
        return chain.stream()
                .mapToLong(one -> one.getNotAfter().toInstant().getEpochSecond())
                .min()
                .orElse(0);
    }
}
