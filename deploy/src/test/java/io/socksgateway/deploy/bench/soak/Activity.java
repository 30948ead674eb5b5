package io.socksgateway.deploy.bench.soak;

/**
 * Something that clients, or operators, do now and then.
 *
 * @param name what it is called in the report
 * @param perMinute how often
 * @param waits whether it takes until the gateway has waited for something in vain
 */
record Activity(String name, double perMinute, boolean waits, Doing doing) {

    /** One that takes as long as what it does. */
    Activity(String name, double perMinute, Doing doing) {
        this(name, perMinute, false, doing);
    }

    /** Does it once; throws if something else has come of it than what is due. */
    @FunctionalInterface
    interface Doing {
        void once() throws Exception;
    }
}
