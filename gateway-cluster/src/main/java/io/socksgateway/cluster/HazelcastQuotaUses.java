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
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
    public Future<List<CounterUse>> page(Prefix prefix, @Nullable String after, int most) {
        return aside(() -> {
            Map<String, CounterUse> uses = new TreeMap<>();
            long now = clusterTime.getAsLong();
            open(prefix.sessions(), after, most, now)
                    .forEach((rest, held) -> uses.put(rest, use(prefix.with(rest), held, null, now)));
            entries(traffic, prefix.traffic(), after, most).forEach((rest, moved) -> {
                CounterUse known = uses.get(rest);
                CounterUse alone = use(prefix.with(rest), null, moved, now);
                uses.put(
                        rest,
                        known == null ? alone : new CounterUse(known.counter(), known.sessions(), alone.traffic()));
            });
            return uses.values().stream().limit(most).toList();
        });
    }

    /** Each member sends no more than it may be of. */
    @Override
    public Future<List<CounterUse>> fullest(Prefix prefix, long since, int most) {
        return aside(() -> {
            long now = clusterTime.getAsLong();
            Set<String> rests = new HashSet<>();
            rests.addAll(rests(sessions, prefix.sessions(), new MostUsed.OfSessions(now), most));
            rests.addAll(rests(traffic, prefix.traffic(), new MostUsed.OfTraffic(since), most));
            List<Prefix> names = rests.stream().map(prefix::with).toList();
            Map<String, SessionCounter> open =
                    sessions.getAll(names.stream().map(Prefix::sessions).collect(Collectors.toSet()));
            Map<String, TrafficUsage> moved =
                    traffic.getAll(names.stream().map(Prefix::traffic).collect(Collectors.toSet()));
            return names.stream()
                    .map(name -> use(name, open.get(name.sessions()), moved.get(name.traffic()), now))
                    .toList();
        });
    }

    /** What follows the prefix in the names of those that come first in an order. */
    private static <V> List<String> rests(
            IMap<String, V> map, String prefix, Comparator<Map.Entry<String, V>> order, int most) {
        return map.keySet(Predicates.pagingPredicate(named(prefix, prefix), order, most)).stream()
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private static <V> Predicate<String, V> named(String prefix, String from) {
        return Predicates.and(Predicates.greaterEqual(KEY, from), Predicates.lessEqual(KEY, prefix + LAST));
    }

    private static CounterUse use(Prefix name, @Nullable SessionCounter open, @Nullable TrafficUsage moved, long now) {
        return new CounterUse(
                name.sessions(),
                open == null ? 0 : open.open().open(now),
                moved == null ? null : new CounterUse.Traffic(moved.period(), moved.charged()));
    }

    /** Those with open sessions; others are there for a while after their last has ended, and may fill pages. */
    private Map<String, SessionCounter> open(String prefix, @Nullable String after, int most, long now) {
        Map<String, SessionCounter> open = new TreeMap<>();
        String last = after;
        while (true) {
            NavigableMap<String, SessionCounter> some = entries(sessions, prefix, last, most);
            some.forEach((rest, held) -> {
                if (held.open().open(now) > 0) {
                    open.put(rest, held);
                }
            });
            if (some.size() < most || open.size() >= most) {
                return open;
            }
            last = some.lastKey();
        }
    }

    /** By what follows the prefix in the name. */
    private static <V> NavigableMap<String, V> entries(
            IMap<String, V> map, String prefix, @Nullable String after, int most) {
        String from = prefix + (after == null ? "" : after);
        Predicate<String, V> named = named(prefix, from);
        Predicate<String, V> wanted = after == null ? named : Predicates.and(named, Predicates.notEqual(KEY, from));
        PagingPredicate<String, V> page = Predicates.pagingPredicate(wanted, most);
        NavigableMap<String, V> found = new TreeMap<>();
        map.entrySet(page).forEach(entry -> found.put(entry.getKey().substring(prefix.length()), entry.getValue()));
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
