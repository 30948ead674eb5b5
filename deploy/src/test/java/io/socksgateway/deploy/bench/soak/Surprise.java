package io.socksgateway.deploy.bench.soak;

import java.io.IOException;

/** The gateway has done something else than what was due. */
final class Surprise extends IOException {

    private static final long serialVersionUID = 1L;

    Surprise(String what) {
        super(what);
    }
}
