package io.socksgateway.deploy.bench.load;

import java.io.IOException;

/** What was received is not what was sent. */
final class CorruptedException extends IOException {

    private static final long serialVersionUID = 1;

    CorruptedException(long position) {
        super("not the pattern near position " + position);
    }
}
