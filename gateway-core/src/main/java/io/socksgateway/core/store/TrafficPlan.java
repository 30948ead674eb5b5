package io.socksgateway.core.store;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Supply;
import io.socksgateway.core.quota.TrafficLimit;

/**
 * Reserves traffic of a period in chunks ahead of the octets: about half a second's worth, asked for when half of a chunk is
 * left. What nobody has touched for some seconds is given back, as another node may need it.
 *
 * <p>Confined to the meter's event loop.
 */
final class TrafficPlan implements Plan {

    /** Octets. The owner of the counter cuts them to a part of what is left. */
    static final long SMALLEST_CHUNK = 256 << 10;

    static final long LARGEST_CHUNK = 256 << 20;

    /** Milliseconds without an octet until what is held is given back. */
    private static final long IDLE = 5_000;

    /** Milliseconds between asks if all is held by others, and as often so long as that may change: longer than they hold it. */
    private static final long RETRY = 500;

    private static final long PATIENCE = 8_000;

    /** Milliseconds that it is remembered that others have been waited for in vain. */
    private static final long REMEMBERED = 60_000;

    /** A chunk that lasts shorter is doubled, in milliseconds; one that lasts four times as long is halved. */
    private static final long CHUNK_LASTS = 500;

    private final TrafficLimit limit;
    private Supply.Budget supply = new Supply.Budget(Long.MIN_VALUE, 0);
    private long end = Long.MIN_VALUE;
    private long chunk = SMALLEST_CHUNK;
    private long asked;
    private long active;
    private long notBefore = Long.MIN_VALUE;
    private long elsewhereSince = Long.MIN_VALUE;
    private long elsewhereAt;
    private boolean inVain;
    private boolean usedUp;

    TrafficPlan(TrafficLimit limit) {
        this.limit = limit;
    }

    @Override
    public Object limit() {
        return limit;
    }

    @Override
    public Supply supply(long calendar) {
        if (calendar >= end || calendar < supply.period()) {
            end = limit.periodAfter(calendar);
            supply = new Supply.Budget(limit.periodOf(calendar), end, limit.octets());
        }
        return supply;
    }

    @Override
    public long wanted(Gauge gauge) {
        long now = gauge.now();
        if (gauge.moved() > 0 || gauge.isHungry()) {
            active = now;
        } else if (!inVain && now - active > 2 * RETRY) {
            elsewhereSince = Long.MIN_VALUE; // nobody waits any more
        }
        if (now < notBefore) {
            return NOTHING;
        }
        boolean needed = gauge.held() < low() && gauge.isHungry();
        if (needed && !usedUp) {
            resize(now);
            asked = now;
            return Math.max(chunk, gauge.held());
        }
        return (gauge.held() > 0 || gauge.untold() > 0) && now - active > IDLE ? 0 : NOTHING;
    }

    private void resize(long now) {
        long lasted = now - asked;
        if (lasted < CHUNK_LASTS) {
            chunk = Math.min(LARGEST_CHUNK, chunk * 2);
        } else if (lasted > 4 * CHUNK_LASTS) {
            chunk = Math.max(SMALLEST_CHUNK, chunk / 2);
        }
    }

    @Override
    public void answered(Answer answer, long sentHeld, long now) {
        switch (answer.left()) {
            case SOME -> {
                forget();
                // the last of it is granted already: nothing more is to be had as long as there is that
                notBefore = answer.held() > 0 && answer.held() <= sentHeld ? now + RETRY : Long.MIN_VALUE;
            }
            case ELSEWHERE -> {
                if (elsewhereSince == Long.MIN_VALUE || now - elsewhereAt >= REMEMBERED) {
                    elsewhereSince = now;
                    inVain = false;
                }
                elsewhereAt = now;
                notBefore = now + RETRY;
                usedUp = now - elsewhereSince > PATIENCE;
                inVain |= usedUp;
            }
            case NOTHING -> {
                forget();
                usedUp = true;
            }
            case OVER -> notBefore = now + RETRY;
        }
    }

    private void forget() {
        elsewhereSince = Long.MIN_VALUE;
        inVain = false;
    }

    @Override
    public void waitedInVain() {
        inVain = true;
    }

    @Override
    public long low() {
        return chunk / 2;
    }

    @Override
    public boolean isUsedUp() {
        return usedUp;
    }

    @Override
    public void failed(long now) {
        notBefore = now + RETRY;
    }

    /** What a dead process held is held until the period ends: who has waited for it once does not wait again. */
    @Override
    public void lookAgain() {
        usedUp = false;
    }

    @Override
    public long kept() {
        return inVain ? REMEMBERED : Plan.super.kept();
    }

    @Override
    public void restart() {
        usedUp = false;
        forget();
        notBefore = Long.MIN_VALUE;
    }
}
