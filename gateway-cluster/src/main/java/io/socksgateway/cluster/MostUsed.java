package io.socksgateway.cluster;

import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.TrafficUsage;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;

/**
 * Orders counters by what they hold, those with most first. Travels to the members that have them.
 *
 * <p>Immutable.
 *
 * @param <V> what is known of a counter
 */
interface MostUsed<V> extends Comparator<Map.Entry<String, V>>, Serializable {

    /** What a counter holds. */
    long held(V counter);

    @Override
    default int compare(Map.Entry<String, V> one, Map.Entry<String, V> other) {
        int order = Long.compare(held(other.getValue()), held(one.getValue()));
        return order == 0 ? one.getKey().compareTo(other.getKey()) : order;
    }

    /** By open sessions, at a time in milliseconds. */
    record OfSessions(long now) implements MostUsed<SessionCounter> {
        @Override
        public long held(SessionCounter counter) {
            return counter.open().open(now);
        }
    }

    /** By octets; those of a period that began before do not count. */
    record OfTraffic(long since) implements MostUsed<TrafficUsage> {
        @Override
        public long held(TrafficUsage counter) {
            return counter.period() < since ? 0 : counter.charged();
        }
    }
}
