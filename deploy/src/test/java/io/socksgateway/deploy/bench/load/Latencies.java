package io.socksgateway.deploy.bench.load;

import java.util.Arrays;

/** How often an operation has taken how long, to within 1.6 %. */
final class Latencies {

    private static final int STEPS = 64;
    private static final int DOUBLINGS = 40;

    private final long[] counts = new long[STEPS * (DOUBLINGS + 2)];
    private long count;

    void add(long nanos) {
        counts[index(nanos)]++;
        count++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        count = 0;
    }

    /** Nanoseconds that this part of the operations has not exceeded; 0 if there were none. */
    double quantile(double part) {
        long wanted = (long) Math.ceil(part * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && counts[i] > 0) {
                return nanos(i);
            }
        }
        return 0;
    }

    /** Up to two times {@link #STEPS} exactly, then so many steps for each doubling. */
    private static int index(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos / STEPS) - 1);
        return (int) (Math.min(shift, DOUBLINGS) * (long) STEPS + Math.min(nanos >>> shift, 2 * STEPS - 1));
    }

    private static double nanos(int index) {
        int shift = Math.max(0, index / STEPS - 1);
        return (index - shift * STEPS + (shift == 0 ? 0 : 0.5)) * (1L << shift);
    }
}
