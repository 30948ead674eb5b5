package io.socksgateway.core.quota;

/**
 * When somebody who guesses passwords is banned, and for how long.
 *
 * <p>Immutable.
 *
 * @param failures failed logins that lead to a ban; 0 switches bans off
 * @param within milliseconds in which they have to happen
 * @param ban milliseconds of the first ban; each further one is twice as long as the one before
 * @param maxBan milliseconds of the longest
 */
public record BackoffRule(int failures, long within, long ban, long maxBan) {

    /** The most failures that are kept apart for each of who is watched. */
    public static final int MAX_FAILURES = 100;

    public static final BackoffRule DEFAULT = new BackoffRule(10, 120_000, 60_000, 900_000);

    /** Nobody is banned. */
    public static final BackoffRule OFF = new BackoffRule(0, 1, 1, 1);

    public BackoffRule {
        if (failures < 0 || failures > MAX_FAILURES) {
            throw new IllegalArgumentException("failures: " + failures + " (expected: 0.." + MAX_FAILURES + ")");
        }
        if (within < 1 || ban < 1 || maxBan < ban) {
            throw new IllegalArgumentException("within: " + within + ", ban: " + ban + ", maxBan: " + maxBan
                    + " (expected: 1 or more, and maxBan not below ban)");
        }
    }

    /** Whether anybody is banned at all. */
    public boolean bans() {
        return failures > 0;
    }
}
