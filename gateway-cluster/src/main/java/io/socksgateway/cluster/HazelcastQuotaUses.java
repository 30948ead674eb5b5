package io.socksgateway.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.PagingPredicate;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.TrafficUsage;
import io.socksgateway.core.store.CounterUse;
import io.socksgateway.core.store.QuotaUses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the counters of a cluster. Each member sends no more than a page of its entries.
 *
 * <p>Thread-safe.
 */
public final class HazelcastQuotaUses implements QuotaUses {

    private static final String KEY = "__key";

    /** Behind every name that begins alike: names have no such character at that place. */
    private static final String LAST = "\uffff";

    private final IMap<String, SessionCounter> sessions;
    private final IMap<String, TrafficUsage> traffic;
    private final LongSupplier clusterTime;

    /** Those that {@link HazelcastQuotaStore} has on this member. */
    public HazelcastQuotaUses(HazelcastInstance hazelcast) {
        this.sessions = hazelcast.getMap(ShareMap.NAME);
        this.traffic = hazelcast.getMap(OctetMaps.TRAFFIC);
        this.clusterTime = hazelcast.getCluster()::getClusterTime;
    }

    @Override
    public Future<List<CounterUse>> page(String prefix, String after, int most) {
        return aside(() -> {
            Map<String, CounterUse> uses = new TreeMap<>();
            long now = clusterTime.getAsLong();
            entries(sessions, prefix, after, most).forEach((counter, held) -> {
                long open = held.open().open(now);
                if (open > 0) {
                    uses.put(counter, new CounterUse(counter, open, null));
                }
            });
            entries(traffic, prefix, after, most).forEach((counter, moved) -> {
                CounterUse known = uses.get(counter);
                CounterUse.Traffic octets = new CounterUse.Traffic(moved.period(), moved.charged());
                uses.put(counter, new CounterUse(counter, known == null ? 0 : known.sessions(), octets));
            });
            return uses.values().stream().limit(most).toList();
        });
    }

    /** Each member sends no more than it may be of. */
    @Override
    public Future<List<CounterUse>> fullest(String prefix, long since, int most) {
        return aside(() -> {
            long now = clusterTime.getAsLong();
            Set<String> counters = new HashSet<>();
            counters.addAll(keys(sessions, prefix, new MostUsed.OfSessions(now), most));
            counters.addAll(keys(traffic, prefix, new MostUsed.OfTraffic(since), most));
            Map<String, SessionCounter> open = sessions.getAll(counters);
            Map<String, TrafficUsage> moved = traffic.getAll(counters);
            return counters.stream()
                    .map(counter -> use(counter, open.get(counter), moved.get(counter), now))
                    .toList();
        });
    }

    private static <V> Set<String> keys(
            IMap<String, V> map, String prefix, Comparator<Map.Entry<String, V>> order, int most) {
        Predicate<String, V> named =
                Predicates.and(Predicates.greaterEqual(KEY, prefix), Predicates.lessEqual(KEY, prefix + LAST));
        return map.keySet(Predicates.pagingPredicate(named, order, most));
    }

    private static CounterUse use(
            String counter, @Nullable SessionCounter open, @Nullable TrafficUsage moved, long now) {
        return new CounterUse(
                counter,
                open == null ? 0 : open.open().open(now),
                moved == null ? null : new CounterUse.Traffic(moved.period(), moved.charged()));
    }

    private static <V> Map<String, V> entries(IMap<String, V> map, String prefix, String after, int most) {
        String from = after.compareTo(prefix) > 0 ? after : prefix;
        Predicate<String, V> named = Predicates.and(
                Predicates.greaterEqual(KEY, from),
                Predicates.lessEqual(KEY, prefix + LAST),
                Predicates.notEqual(KEY, after));
        PagingPredicate<String, V> page = Predicates.pagingPredicate(named, most);
        Map<String, V> found = new TreeMap<>();
        map.entrySet(page).forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    @Override
    public Future<Boolean> forgive(String counter) {
        return aside(() -> traffic.executeOnKey(counter, new ForgiveTraffic(UUID.randomUUID())));
    }

    /** On a thread of its own, as what waits for members that are gone may outlive the node; operators ask seldom. */
    private static <T> Future<T> aside(Callable<T> question) {
        Promise<T> answer = Promise.promise();
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(question.call());
                    } catch (Exception e) {
                        answer.fail(e);
                    }
                },
                "quota-use");
        thread.setDaemon(true);
        thread.start();
        return answer.future();
    }
}
