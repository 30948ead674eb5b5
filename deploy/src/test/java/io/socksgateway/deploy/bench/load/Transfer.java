package io.socksgateway.deploy.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the target knows of one bulk stream. Client and target are the same process, so nothing needs to be sent for it.
 *
 * <p>Thread-safe: written by the target's loop, read by the clients'.
 */
final class Transfer {

    private final int number;
    private final AtomicLong octets = new AtomicLong();
    private volatile boolean corrupted;
    private volatile boolean ended;

    Transfer(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Octets that the target has sent or received. */
    long octets() {
        return octets.get();
    }

    void octets(long now) {
        octets.lazySet(now);
    }

    /** Whether the target has received something else than the pattern. */
    boolean isCorrupted() {
        return corrupted;
    }

    void corrupted() {
        corrupted = true;
    }

    /** Whether the target will send no more. */
    boolean hasEnded() {
        return ended;
    }

    void ended() {
        ended = true;
    }
}
