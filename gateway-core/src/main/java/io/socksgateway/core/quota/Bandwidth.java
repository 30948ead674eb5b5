package io.socksgateway.core.quota;

/**
 * How fast a subject may move octets, over all its sessions.
 *
 * <p>Immutable.
 *
 * @param up octets a second; {@link #UNLIMITED} for no such limit
 * @param down octets a second; {@link #UNLIMITED} for no such limit
 */
public record Bandwidth(long up, long down) {

    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    public Bandwidth {
        requirePositive("up", up);
        requirePositive("down", down);
    }

    private static void requirePositive(String name, long rate) {
        if (rate < 1) {
            throw new IllegalArgumentException(name + ": " + rate + " (expected: 1 or more)");
        }
    }

    /** Whether there is a limit. */
    public boolean limits(Direction direction) {
        return of(direction) != UNLIMITED;
    }

    public long of(Direction direction) {
        return direction == Direction.UP ? up : down;
    }
}
