package io.socksgateway.cluster;

/**
 * Notices that this process stood still, as by SIGSTOP, a suspended machine or a long collection. The others may have
 * dropped such a node from the cluster, and it believes itself in until it hears from them. It lets nobody in meanwhile.
 *
 * <p>Confined to its event loop.
 */
final class Pulse {

    private final long gapNanos;
    private long lastBeat;
    private long distrustUntil;

    /**
     * @param gapNanos longer between two beats means that the process stood still; so long it is distrusted after that
     */
    Pulse(long gapNanos, long nanoTime) {
        this.gapNanos = gapNanos;
        this.lastBeat = nanoTime;
        this.distrustUntil = nanoTime;
    }

    void beat(long nanoTime) {
        if (nanoTime - lastBeat > gapNanos) {
            distrustUntil = nanoTime + gapNanos;
        }
        lastBeat = nanoTime;
    }

    boolean steady(long nanoTime) {
        return nanoTime - lastBeat <= gapNanos && nanoTime - distrustUntil >= 0;
    }
}
