package io.socksgateway.testkit;

/** What fills a place that the test does not come to: to use it fails. */
public final class Unused {

    private Unused() {}

    /** Nothing, of any type. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that using it fails is the purpose
    public static <T> T unused() {
        return null;
    }
}
