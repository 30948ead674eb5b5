package io.socksgateway.cluster;

import io.socksgateway.core.quota.Supply;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts operations as they are sent.
 *
 * <p>Thread-safe.
 */
final class OperationCount {

    private final LongAdder starts = new LongAdder();
    private final LongAdder ends = new LongAdder();
    private final LongAdder renewals = new LongAdder();
    private final LongAdder traffic = new LongAdder();
    private final LongAdder bandwidth = new LongAdder();

    void adjusted(CounterDesk.Round round) {
        (round.wanted() > 0 ? starts : ends).increment();
    }

    void settled() {
        ends.increment();
    }

    void renewed() {
        renewals.increment();
    }

    void reserved(Supply supply) {
        (supply instanceof Supply.Rate ? bandwidth : traffic).increment();
    }

    QuotaOperations sum() {
        return new QuotaOperations(starts.sum(), ends.sum(), renewals.sum(), traffic.sum(), bandwidth.sum());
    }
}
