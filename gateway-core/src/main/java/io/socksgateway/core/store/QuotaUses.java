package io.socksgateway.core.store;

import io.socksgateway.core.quota.QuotaRule;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the counters of a {@link QuotaStore}, for operators.
 *
 * <p>Thread-safe; no method blocks.
 */
public interface QuotaUses {

    /**
     * Counters that hold something, by name.
     *
     * @param after what follows the prefix in the name of the last one that is left out; null for none
     * @param most how many
     */
    Future<List<CounterUse>> page(Prefix prefix, @Nullable String after, int most);

    /**
     * What the names of counters begin with; what follows is the same for sessions and traffic of a subject.
     *
     * <p>Immutable.
     */
    record Prefix(String sessions, String traffic) {

        /** Those of all subjects of a quota. */
        public static Prefix of(QuotaRule rule) {
            return new Prefix(rule.prefix(), rule.trafficPrefix());
        }

        /** Those that go on like this. */
        public Prefix with(String subject) {
            return new Prefix(sessions + subject, traffic + subject);
        }
    }

    /**
     * The counters that hold most, those with most sessions and those with most octets, in no order. It looks at all there are.
     *
     * @param since octets of a period that began before this, in milliseconds since 1970, are none
     * @param most how many of each
     */
    default Future<List<CounterUse>> fullest(Prefix prefix, long since, int most) {
        return page(prefix, null, Integer.MAX_VALUE).map(all -> Stream.concat(
                        all.stream()
                                .sorted(Comparator.comparingLong(CounterUse::sessions)
                                        .reversed())
                                .limit(most),
                        all.stream()
                                .sorted(Comparator.comparingLong((CounterUse use) -> use.octets(since))
                                        .reversed())
                                .limit(most))
                .distinct()
                .toList());
    }

    /**
     * Forgets what was moved in the period; what nodes have reserved still counts.
     *
     * @param counter name of the traffic
     * @return whether there was anything
     */
    Future<Boolean> forgive(String counter);
}
