package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.socksgateway.core.bus.QuotaUse;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.SessionLimit;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The meters of the quotas. How many sessions they count here is known; who uses most of them is found out by looking at all subjects, so
 * only where somebody wants to know, at most twice a minute, and behind the scrape that asks for it.
 *
 * <p>Confined to one scrape at a time.
 */
final class QuotaMeters {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final NodeFigures.Quotas figures;
    private final SessionMeters sessions;
    private final int subjects;
    private final LongSupplier nanos;
    private final Departed departed;
    private final MultiGauge open;
    private final MultiGauge sessionLimits;
    private final MultiGauge trafficLimits;
    private final MultiGauge subjectSessions;
    private final MultiGauge subjectTraffic;
    private Future<List<QuotaUse>> looking = Future.succeededFuture(List.of());
    private List<QuotaUse> fullest = List.of();
    private long lookAgain;

    /**
     * @param subjects how many of each quota are told by name
     * @param nanos a clock in nanoseconds
     */
    QuotaMeters(NodeFigures.Quotas figures, Meters meters, SessionMeters sessions, int subjects, LongSupplier nanos) {
        this.figures = figures;
        this.sessions = sessions;
        this.subjects = subjects;
        this.nanos = nanos;
        this.departed = new Departed(nanos);
        this.lookAgain = nanos.getAsLong();
        this.open = meters.gauges("quota.sessions.open", "Sessions of this node that a quota counts");
        this.sessionLimits = meters.gauges("quota.sessions.limit", "The most sessions of each subject of a quota");
        this.trafficLimits =
                meters.gaugesOfOctets("quota.traffic.limit", "The most octets of each subject of a quota in a period");
        this.subjectSessions =
                meters.gauges("quota.subject.sessions", "Sessions of the subjects that use most of a quota");
        this.subjectTraffic = meters.gaugesOfOctets(
                "quota.subject.traffic", "Octets in this period of the subjects that use most of a quota");
    }

    /** Reads all of them for a scrape. */
    void read(OpenSessions counts) {
        List<Row<Number>> counted = new ArrayList<>();
        List<Row<Number>> mostSessions = new ArrayList<>();
        List<Row<Number>> mostOctets = new ArrayList<>();
        for (QuotaRule rule : figures.rules().get()) {
            Tags labels = Tags.of("quota", rule.name());
            sessions.expectQuota(rule.name());
            counted.add(Row.of(labels, counts.countedBy(rule.name())));
            if (rule.sessions().open() != SessionLimit.UNLIMITED) {
                mostSessions.add(Row.of(labels, rule.sessions().open()));
            }
            if (rule.traffic() != null) {
                mostOctets.add(Row.of(labels, rule.traffic().octets()));
            }
        }
        show(open, counted);
        show(sessionLimits, mostSessions);
        show(trafficLimits, mostOctets);
        if (subjects > 0) {
            look();
            ofSubjects();
        }
    }

    /** Removes the meters of quotas that are no more, some time after they have counted to the end. */
    void forget(OpenSessions told) {
        Set<String> configured =
                figures.rules().get().stream().map(QuotaRule::name).collect(Collectors.toSet());
        sessions.forgetQuotas(name -> departed.isOver(name, !configured.contains(name) && told.countedBy(name) == 0));
    }

    private void look() {
        if (looking.succeeded()) {
            fullest = looking.result();
        }
        // where there was nothing there is nothing to look through either
        if (looking.isComplete() && (fullest.isEmpty() || nanos.getAsLong() - lookAgain >= 0)) {
            lookAgain = nanos.getAsLong() + PAUSE;
            looking = figures.fullest().apply(subjects);
        }
    }

    private void ofSubjects() {
        List<Row<Number>> held = new ArrayList<>();
        List<Row<Number>> moved = new ArrayList<>();
        for (QuotaUse use : fullest) {
            Tags labels = Tags.of("quota", use.quota(), "subject", use.subject());
            held.add(Row.of(labels, use.sessions()));
            if (use.traffic() != null) {
                moved.add(Row.of(labels, use.traffic()));
            }
        }
        show(subjectSessions, held);
        show(subjectTraffic, moved);
    }

    private static void show(MultiGauge gauge, List<Row<Number>> rows) {
        gauge.register(new ArrayList<>(rows), true);
    }
}
