package io.socksgateway.core.quota;

/**
 * How many sessions a subject may have, and how fast it may start them.
 *
 * <p>Immutable.
 *
 * @param open the most at once, 0 or more; {@link #UNLIMITED} for no such limit
 * @param perSecond the most that may start in any one second, 0 or more; {@link #UNLIMITED} for no such limit
 */
public record SessionLimit(int open, int perSecond) {

    /** No limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Neither limit. */
    public static final SessionLimit NONE = new SessionLimit(UNLIMITED, UNLIMITED);

    public SessionLimit {
        requireNotNegative("sessions", open);
        requireNotNegative("sessionsPerSecond", perSecond);
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 or more)");
        }
    }

    /** So many at once, started as fast as it likes. */
    public static SessionLimit open(int open) {
        return new SessionLimit(open, UNLIMITED);
    }

    /** For the log. */
    @Override
    public String toString() {
        String atOnce = open == UNLIMITED ? "" : open + (open == 1 ? " session" : " sessions") + " at once";
        String starting = perSecond == UNLIMITED ? "" : perSecond + " new ones a second";
        return atOnce + (atOnce.isEmpty() || starting.isEmpty() ? "" : " and ") + starting;
    }
}
