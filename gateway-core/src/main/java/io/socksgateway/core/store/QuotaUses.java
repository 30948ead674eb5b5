package io.socksgateway.core.store;

import io.vertx.core.Future;
import java.util.List;

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
     * Forgets what was moved in the period; what nodes have reserved still counts.
     *
     * @return whether there was anything
     */
    Future<Boolean> forgive(String counter);
}
