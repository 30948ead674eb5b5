package io.socksgateway.testkit;

import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.Meters;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Grants every session what a rule allows all of them together: a node's quotas without its verticle. */
public final class MeteredQuotas implements Function<QuotaRequest, Future<QuotaOutcome>>, AutoCloseable {

    private final QuotaRule rule;
    private final LocalQuotaStore store = new LocalQuotaStore();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "test-quotas"));
    private final Meters meters;

    public MeteredQuotas(QuotaRule rule) {
        this.rule = rule;
        this.meters = new Meters(thread, (counter, cause) -> {
            throw new AssertionError(counter, cause);
        });
        var unused = thread.scheduleAtFixedRate(meters::look, Meters.PERIOD, Meters.PERIOD, TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<QuotaOutcome> apply(QuotaRequest request) {
        return Future.future(answer -> thread.execute(() -> {
            Meters.Claim claim = meters.claim();
            claim.bandwidth(rule, "all", store);
            TrafficLimit limit = rule.traffic();
            Future<Boolean> begun =
                    limit == null ? Future.succeededFuture(true) : claim.traffic(rule, limit, "all", store);
            begun.<QuotaOutcome>map(some -> some
                            ? new QuotaOutcome.Granted(List.of(rule.name()), claim.allowance())
                            : new QuotaOutcome.Refused(rule.name(), "used up"))
                    .onComplete(answer);
        }));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
