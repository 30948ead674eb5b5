package io.socksgateway.cluster;

import io.socksgateway.core.bus.QuotaUse;
import io.socksgateway.core.bus.QuotaUseClient.Question;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.store.CounterUse;
import io.socksgateway.core.store.QuotaUses;
import io.socksgateway.core.store.QuotaUses.Prefix;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers how much of the quotas is used, in their terms.
 *
 * <p>Immutable; what it leads to is thread-safe.
 *
 * @param name of this node
 * @param rules those of now
 * @param ofNode counters of quotas of the node
 * @param ofCluster counters of quotas of the cluster
 * @param clock milliseconds since 1970
 */
record QuotaUseDesk(
        String name, Supplier<List<QuotaRule>> rules, QuotaUses ofNode, QuotaUses ofCluster, LongSupplier clock) {

    /** What is in use, by counter; no more than was asked for. */
    Future<List<QuotaUse>> list(Question question) {
        List<Future<List<QuotaUse>>> parts = new ArrayList<>();
        for (QuotaRule rule : meant(question)) {
            String subject = subject(rule, question);
            String after = question.after();
            Prefix prefix = subject == null ? Prefix.of(rule) : Prefix.of(rule).with(subject);
            boolean within = after.startsWith(prefix.sessions());
            if (within || after.compareTo(prefix.sessions()) < 0) {
                String rest = within ? after.substring(prefix.sessions().length()) : null;
                parts.add(uses(rule).page(prefix, rest, question.size()).map(found -> found.stream()
                        .filter(use -> subject == null || use.counter().equals(prefix.sessions()))
                        .map(use -> use(rule, use))
                        .toList()));
            }
        }
        return Future.all(parts).map(all -> parts.stream()
                .flatMap(part -> part.result().stream())
                .sorted(Comparator.comparing(QuotaUse::counter))
                .limit(question.size())
                .toList());
    }

    /**
     * Those that use most of each quota: so many by their sessions, and so many by their traffic. What is counted in the cluster is
     * the same on all nodes.
     */
    Future<List<QuotaUse>> fullest(int most) {
        List<Future<List<QuotaUse>>> parts = rules.get().stream()
                .map(rule -> {
                    TrafficLimit limit = rule.traffic();
                    long since = limit == null ? Long.MAX_VALUE : limit.periodOf(clock.getAsLong());
                    return uses(rule).fullest(Prefix.of(rule), since, most).map(found -> found.stream()
                            .map(use -> use(rule, use))
                            .toList());
                })
                .toList();
        return Future.all(parts)
                .map(all ->
                        parts.stream().flatMap(part -> part.result().stream()).toList());
    }

    /** Forgets the traffic of a subject; tells how many counters that were, or nothing if no quota here has that name. */
    Future<OptionalInt> forgive(Question question) {
        if (rules.get().stream().noneMatch(rule -> rule.name().equals(question.quota()))) {
            return Future.succeededFuture(OptionalInt.empty());
        }
        List<Future<Boolean>> parts = new ArrayList<>();
        for (QuotaRule rule : meant(question)) {
            String subject = subject(rule, question);
            if (subject != null) {
                parts.add(uses(rule).forgive(rule.trafficCounter(rule.counterOf(subject))));
            }
        }
        return Future.all(parts)
                .map(all -> OptionalInt.of(
                        (int) parts.stream().filter(Future::result).count()));
    }

    private static @Nullable String subject(QuotaRule rule, Question question) {
        String subject = question.subject();
        return subject == null ? null : rule.subjectOf(subject);
    }

    private List<QuotaRule> meant(Question question) {
        return rules.get().stream()
                .filter(rule -> question.quota() == null || question.quota().equals(rule.name()))
                .filter(rule -> rule.scope() == QuotaScope.NODE || question.together())
                .toList();
    }

    private QuotaUses uses(QuotaRule rule) {
        return rule.scope() == QuotaScope.NODE ? ofNode : ofCluster;
    }

    private QuotaUse use(QuotaRule rule, CounterUse use) {
        TrafficLimit limit = rule.traffic();
        int most = rule.sessions().open();
        return new QuotaUse(
                use.counter(),
                rule.name(),
                rule.key().name().toLowerCase(Locale.ROOT),
                rule.scope().name().toLowerCase(Locale.ROOT),
                use.counter().substring(rule.prefix().length()),
                rule.scope() == QuotaScope.NODE ? name : null,
                use.sessions(),
                most == SessionLimit.UNLIMITED ? null : (long) most,
                limit == null ? null : (Long) use.octets(limit.periodOf(clock.getAsLong())),
                limit == null ? null : (Long) limit.octets());
    }
}
