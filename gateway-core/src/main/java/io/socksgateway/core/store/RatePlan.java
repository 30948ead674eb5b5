package io.socksgateway.core.store;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Supply;

/**
 * Leases slices of a bandwidth: with demand, every {@value #PACE} ms for the time until the next; without, everything is
 * given back after three of them.
 *
 * <p>Confined to the meter's event loop.
 */
final class RatePlan implements Plan {

    /** Milliseconds between two asks. */
    static final long PACE = 100;

    /** The most that is held, in milliseconds of the rate. */
    private static final long SLICE = 200;

    /** The first ask after a pause need not wait for the pace. */
    private static final long SOONEST = 40;

    private static final int QUIET = 3;

    private final Supply.Rate rate;
    private final long slice;
    private long asked = Long.MIN_VALUE / 2;
    private long looked = Long.MIN_VALUE / 2;
    private int quiet;
    private boolean holds;

    RatePlan(long octetsPerSecond) {
        this.rate = new Supply.Rate(octetsPerSecond);
        this.slice = Math.max(1, octetsPerSecond * SLICE / 1_000);
    }

    @Override
    public Object limit() {
        return rate;
    }

    @Override
    public Supply supply(long calendar) {
        return rate;
    }

    @Override
    public long wanted(Gauge gauge) {
        boolean hungry = gauge.isHungry();
        if (gauge.now() - asked < (hungry && quiet > 0 ? SOONEST : PACE)) {
            return NOTHING;
        }
        if (hungry || gauge.untold() > 0) {
            quiet = 0;
            return ask(gauge.now(), hungry ? slice : Math.min(slice, Math.max(gauge.held(), 2 * gauge.untold())));
        }
        if (gauge.now() - looked < PACE) {
            return NOTHING;
        }
        looked = gauge.now();
        return holds && ++quiet >= QUIET ? ask(gauge.now(), 0) : NOTHING;
    }

    private long ask(long now, long wanted) {
        asked = now;
        looked = now;
        holds = wanted > 0;
        return wanted;
    }

    @Override
    public void answered(Answer answer, long sentHeld, long now) {}

    @Override
    public long low() {
        return 0;
    }

    @Override
    public boolean isUsedUp() {
        return false;
    }

    @Override
    public void failed(long now) {}

    @Override
    public void lookAgain() {}

    @Override
    public void restart() {}
}
