package io.socksgateway.cluster.growth;

import java.util.Collection;

/** Jain's index: 1 if all have the same, 1/n if one of n has everything. */
public final class Fairness {

    private Fairness() {}

    public static double jain(Collection<Long> shares) {
        double sum = 0;
        double squares = 0;
        for (long share : shares) {
            sum += share;
            squares += (double) share * share;
        }
        return squares == 0 ? 1 : sum * sum / (shares.size() * squares);
    }
}
