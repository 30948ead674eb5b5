package io.socksgateway.auth.ldap;

/**
 * The time that is left for a login: each question to the directory gets what those before have left.
 *
 * <p>Immutable.
 */
final class TimeLeft {

    private final long end;

    private TimeLeft(long end) {
        this.end = end;
    }

    static TimeLeft of(long millis) {
        return new TimeLeft(System.nanoTime() + millis * 1_000_000);
    }

    /**
     * Milliseconds, at least 1.
     *
     * @throws DirectoryException if none are left
     */
    int millis() {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new DirectoryException("no answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
