package io.socksgateway.cluster;

import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import java.time.ZoneOffset;

/**
 * The quotas of the simulated subjects, and the names of their counters. Of the metered subjects one half is limited in
 * bandwidth, the other in traffic.
 */
final class SimulatedSubjects {

    private final GrowthPlan plan;
    private final QuotaRule sessions;
    private final QuotaRule slow;
    private final QuotaRule probe;
    private final TrafficLimit traffic;

    SimulatedSubjects(GrowthPlan plan) {
        this.plan = plan;
        this.sessions = new QuotaRule("s", QuotaKey.USER, QuotaScope.CLUSTER, false, plan.limit(), null, null);
        this.slow = rule("b", plan.bandwidth());
        this.probe = rule("p", probed());
        this.traffic = new TrafficLimit(plan.traffic(), Period.DAY, TrafficLimit.Counted.TOTAL, ZoneOffset.UTC);
    }

    private static QuotaRule rule(String name, long rate) {
        return new QuotaRule(
                name,
                QuotaKey.USER,
                QuotaScope.CLUSTER,
                false,
                SessionLimit.NONE,
                null,
                new Bandwidth(Bandwidth.UNLIMITED, rate));
    }

    String counter(int subject) {
        return sessions.counterOf(Integer.toString(subject));
    }

    /** The subject of a counter. */
    static int of(String counter) {
        return Integer.parseInt(counter, counter.lastIndexOf('/') + 1, counter.length(), 10);
    }

    boolean isSlow(int subject) {
        return plan.isMetered(subject) && (subject / plan.everyMetered()) % 2 == 0;
    }

    boolean isBudgeted(int subject) {
        return plan.isMetered(subject) && !isSlow(subject);
    }

    QuotaRule slow() {
        return slow;
    }

    /** Octets a second that the probes share: for each a quarter of what it would like. */
    long probed() {
        return plan.demand() / 4 * Math.max(1, plan.probes());
    }

    QuotaRule probe() {
        return probe;
    }

    TrafficLimit traffic() {
        return traffic;
    }
}
