package io.socksgateway.deploy.bench.result;

/**
 * What a figure of the gateway must be, and what it is meant to be.
 *
 * <p>Immutable.
 *
 * @param text what it is about
 * @param server the gateway, or one of its ways to move bytes
 * @param must limit of the ratio to the base, or of the figure itself if it has none
 * @param aim the same, where we want to be
 */
public record Goal(
        String text,
        String server,
        String scenario,
        Figure figure,
        Base base,
        boolean higherIsBetter,
        double must,
        double aim) {

    /** What a ratio, or a figure without a base, amounts to. */
    Verdict verdict(double value) {
        if (reaches(value, aim)) {
            return Verdict.AIM;
        }
        return reaches(value, must) ? Verdict.MUST : Verdict.MISSED;
    }

    private boolean reaches(double value, double limit) {
        return higherIsBetter ? value >= limit : value <= limit;
    }
}
