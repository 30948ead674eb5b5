package io.socksgateway.core.store;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Supply;

/**
 * When a {@link Meter} asks for octets, and for how many.
 *
 * <p>Confined to the meter's event loop.
 */
interface Plan {

    /** What {@link #wanted} answers if there is nothing to ask for. */
    long NOTHING = -1;

    /**
     * What the node has.
     *
     * @param now milliseconds of a clock that is never set
     * @param held octets that may still be moved
     * @param moved octets that were moved since the last look
     * @param untold octets that were moved since the last ask
     * @param thirsty whether a session had too little since then
     * @param waiting sessions in line
     */
    record Gauge(long now, long held, long moved, long untold, boolean thirsty, int waiting) {

        boolean isHungry() {
            return thirsty || waiting > 0;
        }
    }

    /** What the plan keeps to; plans with equal limits do the same. */
    Object limit();

    /**
     * What there is to reserve from at this time.
     *
     * @param calendar milliseconds since 1970
     */
    Supply supply(long calendar);

    /** How many octets the node should hold, 0 to give all back; or {@link #NOTHING}. */
    long wanted(Gauge gauge);

    /** An ask was answered. */
    void answered(Answer answer, long sentHeld, long now);

    /** Below how many octets more should be asked for. */
    long low();

    /** Whether sessions should be told that there is nothing any more. */
    boolean isUsedUp();

    /** The store could not tell. */
    void failed(long now);

    /** A session that would begin was refused, as others hold what it has waited for. */
    default void waitedInVain() {}

    /** A session wants to begin: what looked used up may be looked at again. */
    void lookAgain();

    /** Milliseconds that it is worth to be kept when nobody uses it. */
    default long kept() {
        return 6_000;
    }

    /** Everything begins anew, as there is another supply. */
    void restart();
}
