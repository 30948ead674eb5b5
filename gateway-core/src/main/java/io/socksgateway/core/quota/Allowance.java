package io.socksgateway.core.quota;

import org.jspecify.annotations.Nullable;

/**
 * What a session may move. Octets are taken before they are moved, and what was not moved is given back at once, before the
 * event loop turns to something else.
 *
 * <p>Thread-safe, and nothing blocks: when there is no more now, the session waits to be called.
 */
public interface Allowance {

    /** No limit on octets. */
    static Allowance unlimited() {
        return Unlimited.INSTANCE;
    }

    /** Whether there is any limit; if not, nobody needs to ask. */
    boolean isLimited();

    /**
     * Takes octets.
     *
     * @param most 1 or more
     * @return from 0 to {@code most}; fewer than {@code most} means to let others have their turn, see {@link #await}
     */
    int take(Direction direction, int most);

    /**
     * Takes the octets of a datagram, which cannot be cut.
     *
     * @return false if it has to be dropped
     */
    boolean takeWhole(Direction direction, int octets);

    /** Gives back octets that were taken and not moved. */
    void giveBack(Direction direction, int octets);

    /** Runs once, on any thread, when taking may have more success, be it that it tells that there is nothing any more. */
    void await(Direction direction, Runnable more);

    /** The name of the quota whose traffic in this direction is used up; null if there is some, now or soon. */
    @Nullable
    String usedUp(Direction direction);

    /** The name of a quota whose traffic is used up. */
    default @Nullable String usedUp() {
        String name = usedUp(Direction.UP);
        return name == null ? usedUp(Direction.DOWN) : name;
    }
}
