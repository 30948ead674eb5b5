package io.socksgateway.core.store;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks into the counters of a {@link QuotaStore}, for operators.
 *
 * <p>Thread-safe; no method blocks.
 */
public interface QuotaUses {

    /**
     * Counters that hold something, by name.
     *
     * @param prefix what their names begin with
     * @param after names up to this one are left out; empty for none
     * @param most how many
     */
    Future<List<CounterUse>> page(String prefix, String after, int most);

    /**
     * The counters that hold most, those with most sessions and those with most octets, in no order. It looks at all there are.
     *
     * @param prefix what their names begin with
     * @param since octets of a period that began before this, in milliseconds since 1970, are none
     * @param most how many of each
     */
    default Future<List<CounterUse>> fullest(String prefix, long since, int most) {
        return page(prefix, "", Integer.MAX_VALUE).map(all -> Stream.concat(
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
     * @return whether there was anything
     */
    Future<Boolean> forgive(String counter);
}
