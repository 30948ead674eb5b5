package io.socksgateway.deploy.bench.load;

import java.util.concurrent.TimeUnit;

/** How long clients wait. */
final class Patience {

    /** Nanoseconds for the next octet of an operation. */
    static final long OPERATION = TimeUnit.SECONDS.toNanos(5);

    /** Nanoseconds after which a datagram counts as lost. */
    static final long DATAGRAM = TimeUnit.MILLISECONDS.toNanos(200);

    /** Milliseconds after a failure before the next attempt. */
    static final long RETRY_MILLIS = 20;

    private Patience() {}
}
