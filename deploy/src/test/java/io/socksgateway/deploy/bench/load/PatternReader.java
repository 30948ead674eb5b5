package io.socksgateway.deploy.bench.load;

import java.io.IOException;

/**
 * Takes the {@link Pattern} from a socket. To be cheap it looks at the first of every {@value #STRIDE_MIB} MiB only and
 * counts the others: octets that are missing, or there twice, are found by the next look as they shift what follows.
 *
 * <p>Confined to its loop.
 */
final class PatternReader {

    private static final int STRIDE_MIB = 16;
    private static final long LOOK = 1 << 20;
    private static final long STRIDE = STRIDE_MIB * LOOK;
    private static final long MOST_AT_ONCE = 512 << 10;

    private final LoadLoop loop;
    private long octets;

    PatternReader(LoadLoop loop) {
        this.loop = loop;
    }

    /** Octets that were taken so far. */
    long octets() {
        return octets;
    }

    /**
     * Takes what is there, or a part of it.
     *
     * @return false at the end
     * @throws CorruptedException if it was not the pattern
     */
    boolean read(LoopSocket socket) throws IOException {
        long phase = octets % STRIDE;
        if (phase >= LOOK) {
            int taken = loop.discard().take(socket.fd(), (int) Math.min(MOST_AT_ONCE, STRIDE - phase));
            octets += taken;
            if (taken > 0) {
                return true;
            }
        }
        NativeOctets scratch = loop.scratch();
        int count = socket.receive(scratch);
        if (count > 0) {
            check(scratch, 0, count);
        }
        return count >= 0;
    }

    /** Looks at octets that somebody else has received, and counts them. */
    void check(NativeOctets received, int start, int length) throws CorruptedException {
        if (!received.matches(start, length, Pattern.octets(), Pattern.index(octets))) {
            throw new CorruptedException(octets);
        }
        octets += length;
    }
}
