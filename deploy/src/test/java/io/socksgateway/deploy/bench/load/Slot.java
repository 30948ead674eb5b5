package io.socksgateway.deploy.bench.load;

/**
 * One client of a load, which does one thing after the other.
 *
 * <p>Confined to its loop.
 */
interface Slot {

    /** Begins, with opening what it needs. */
    void open();

    /** Whether it is at work. */
    boolean isOpen();

    /** Called a few times a second: to look for what does not come. */
    default void check(long now) {}

    /** Begins nothing new from now on. */
    void finish();

    /** Whether what it had begun has ended. */
    boolean isFinished();

    /** Octets that have arrived through this slot, if it counts them. */
    default long octets() {
        return 0;
    }

    /** Adds what can only be said at the end to the tally, and closes all. */
    void close();
}
