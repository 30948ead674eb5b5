package io.socksgateway.cluster.growth;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which subject comes next: the one of rank n is n to the power of the skew times rarer than the first (Zipf's law).
 *
 * <p>Immutable.
 */
public final class Popularity {

    private final double[] upTo;

    public Popularity(int subjects, double skew) {
        upTo = new double[subjects];
        double sum = 0;
        for (int i = 0; i < subjects; i++) {
            sum += Math.pow(i + 1.0, -skew);
            upTo[i] = sum;
        }
    }

    public int next(SplittableRandom random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found);
    }
}
