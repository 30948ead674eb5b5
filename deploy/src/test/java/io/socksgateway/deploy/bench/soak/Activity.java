package io.socksgateway.deploy.bench.soak;

/**
 * Something that clients, or operators, do now and then.
 *
 * @param name what it is called in the report
 * @param perMinute how often
 */
record Activity(String name, double perMinute, Doing doing) {

    /** Does it once; throws if something else has come of it than what is due. */
    @FunctionalInterface
    interface Doing {
        void once() throws Exception;
    }
}
