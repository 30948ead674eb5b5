package io.socksgateway.cluster;

import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.store.SteadyClock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Keeps true what the cluster has recorded of sessions: every three seconds the leases of what the node holds are renewed, and
 * a share that the map has lost is recorded again; the shares of members that left are dropped, and so is the traffic of periods
 * that are over.
 *
 * <p>Confined to its event loop.
 */
final class Upkeep {

    private final ShareMap map;
    private final OctetMaps octets;
    private final CounterDesks desks;
    private final Aside aside;
    private final OperationCount count;
    private final SparseLog log;
    private final Departures departures =
            new Departures(TimeUnit.MILLISECONDS.toNanos(ShareMap.LEASE + HazelcastQuotaStore.RENEWAL));
    private final SteadyClock steady;
    private int renewals;
    private boolean closed;

    Upkeep(
            ShareMap map,
            OctetMaps octets,
            CounterDesks desks,
            Aside aside,
            OperationCount count,
            SteadyClock steady,
            SparseLog log) {
        this.map = map;
        this.octets = octets;
        this.desks = desks;
        this.aside = aside;
        this.count = count;
        this.steady = steady;
        this.log = log;
    }

    void renew() {
        desks.retry();
        Map<String, Integer> rounds = desks.renewable();
        if (!rounds.isEmpty()) {
            long askedAt = desks.now();
            count.renewed();
            aside.run(
                    () -> map.renew(rounds.keySet()),
                    found -> desks.compare(found, rounds, askedAt),
                    failure -> warn("leases cannot be renewed", failure));
        }
        if (renewals % HazelcastQuotaStore.FORGET == 0) {
            forgetPeriods();
        }
        if (renewals++ % HazelcastQuotaStore.SWEEP == 0
                || !departures.recent(System.nanoTime()).isEmpty()) {
            sweep();
        }
    }

    void memberJoined(UUID member) {
        departures.joined(member);
    }

    void memberLeft(UUID member) {
        departures.left(member, System.nanoTime());
        sweep();
    }

    /** After a merge this member has another name, and the map the counts of the others only. */
    void merged() {
        desks.doubt();
    }

    /**
     * The oldest member sweeps for all; all remember who has left, so that the next oldest goes on if it leaves too. It is
     * repeated with every renewal while a departure is fresh, as entries may have been on the move.
     */
    private void sweep() {
        if (closed || !map.oldest()) {
            return;
        }
        List<UUID> departed = departures.recent(System.nanoTime());
        aside.run(
                () -> {
                    map.sweep(departed);
                    return departed;
                },
                done -> {},
                failure -> warn("shares of members that left cannot be dropped", failure));
    }

    /** The oldest member does so for all, if nobody has set the clock: what is forgotten too early would be granted again. */
    private void forgetPeriods() {
        if (closed || !steady.isSteady() || !map.oldest()) {
            return;
        }
        aside.run(
                () -> {
                    octets.forgetPeriods();
                    return true;
                },
                done -> {},
                failure -> warn("traffic of periods that are over cannot be forgotten", failure));
    }

    private void warn(String what, Exception failure) {
        if (!closed) {
            log.warn(what, failure);
        }
    }

    void close() {
        closed = true;
    }
}
