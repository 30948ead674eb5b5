package io.socksgateway.deploy.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How fast something grows, over every ten seconds of a while. */
final class Pace {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);

    private final String name;
    private final double limit;
    private final LongSupplier count;
    private final List<Look> seen = new ArrayList<>();
    private final List<List<Double>> whiles = new ArrayList<>();

    /** A count that was right at one time between two. */
    private record Look(long notBefore, long count, long notAfter) {}

    /**
     * Of something that should grow as fast as it may.
     *
     * @param limit a second
     */
    Pace(String name, double limit, LongSupplier count) {
        this.name = name;
        this.limit = limit;
        this.count = count;
    }

    /** Looks at all of them for so long. */
    static void watch(double seconds, List<Pace> all, Runnable meanwhile) {
        all.forEach(each -> each.seen.clear());
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() - end < 0) {
            for (Pace each : all) {
                long before = System.nanoTime();
                long count = each.count.getAsLong();
                each.seen.add(new Look(before, count, System.nanoTime()));
            }
            meanwhile.run();
            LockSupport.parkNanos(STEP);
        }
        all.forEach(each -> each.whiles.add(each.everyTenSeconds()));
    }

    /** The paces of every ten seconds that were seen, as parts of the limit. */
    private List<Double> everyTenSeconds() {
        List<Double> parts = new ArrayList<>();
        for (Look from : seen) {
            for (Look to : seen) {
                long shortest = to.notBefore - from.notAfter;
                if (shortest >= WINDOW) {
                    double full = limit * 1e-9;
                    double most = (to.count - from.count) / (shortest * full);
                    double least = (to.count - from.count) / ((to.notAfter - from.notBefore) * full);
                    parts.add(most < 1 ? most : Math.max(1, least)); // the nearest to the limit that it may have been
                    break;
                }
            }
        }
        return parts;
    }

    /**
     * Whether there has been a while of which no ten seconds were further from the limit than this.
     *
     * @param below as a part of the limit
     * @param above as a part of the limit
     */
    boolean isKept(double below, double above) {
        return whiles.stream()
                .anyMatch(paces -> paces.stream().allMatch(pace -> pace >= 1 - below && pace <= 1 + above));
    }

    /** The last while. */
    @Override
    public String toString() {
        List<Double> parts = whiles.get(whiles.size() - 1);
        return "%s: %.1f to %.1f %% of the limit"
                .formatted(
                        name,
                        100 * parts.stream().mapToDouble(part -> part).min().orElse(Double.NaN),
                        100 * parts.stream().mapToDouble(part -> part).max().orElse(Double.NaN));
    }
}
