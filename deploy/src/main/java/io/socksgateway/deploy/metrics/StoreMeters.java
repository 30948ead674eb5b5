package io.socksgateway.deploy.metrics;

import io.socksgateway.core.store.UsageStoreStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The meters of the databases that traffic is written down in. One that is new gets its meters at the next scrape.
 *
 * <p>Confined to one scrape at a time.
 */
final class StoreMeters {

    private static final double MILLIS = 1_000;

    private final Supplier<List<UsageStoreStatus>> stores;
    private final Meters meters;
    private final Set<String> known = new HashSet<>();

    StoreMeters(Supplier<List<UsageStoreStatus>> stores, Meters meters) {
        this.stores = stores;
        this.meters = meters;
    }

    void read() {
        stores.get().forEach(store -> {
            if (known.add(store.name())) {
                register(store.name());
            }
        });
    }

    private void register(String name) {
        gauge(
                "working",
                "Whether the last that was read from a store of traffic or written to it went well: 1, or 0",
                name,
                store -> store.working() ? 1 : 0);
        gauge(
                "restored",
                "Whether what was used before the start is known: 1, or 0",
                name,
                store -> store.known() ? 1 : 0);
        gauge("pending", "Counters that have changed and wait to be written", name, UsageStoreStatus::pending);
        meters.count(
                "quota.store.written",
                "Counters that were written",
                new RisingTotal(() -> of(name, UsageStoreStatus::written)),
                "store",
                name);
        meters.count(
                "quota.store.failures",
                "Times that reading or writing failed",
                new RisingTotal(() -> of(name, UsageStoreStatus::failures)),
                "store",
                name);
        meters.gauge(
                "quota.store.last.success.timestamp.seconds",
                "When a store of traffic was last read or written, since 1970; 0 for never",
                () -> of(name, UsageStoreStatus::lastSuccess) / MILLIS,
                "store",
                name);
    }

    private void gauge(String meter, String help, String name, ToLongFunction<UsageStoreStatus> figure) {
        meters.gauge("quota.store." + meter, help, () -> of(name, figure), "store", name);
    }

    private long of(String name, ToLongFunction<UsageStoreStatus> figure) {
        return stores.get().stream()
                .filter(store -> store.name().equals(name))
                .mapToLong(figure)
                .findFirst()
                .orElse(0);
    }
}
