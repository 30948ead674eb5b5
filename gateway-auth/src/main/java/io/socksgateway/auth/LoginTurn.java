package io.socksgateway.auth;

import io.vertx.core.Vertx;

/**
 * What a login holds of {@link UndecidedLogins}, given back once.
 *
 * <p>Confined to its event loop.
 */
final class LoginTurn {

    private static final long NONE = -1;

    private final Vertx vertx;
    private final Runnable giveBack;
    private long timer = NONE;
    private boolean over;

    LoginTurn(Vertx vertx, Runnable giveBack) {
        this.vertx = vertx;
        this.giveBack = giveBack;
    }

    /** Ends it in so many milliseconds, if it has not ended by then. */
    void endIn(long millis) {
        timer = vertx.setTimer(Math.max(1, millis), late -> end());
    }

    void end() {
        if (!over) {
            over = true;
            boolean unused = timer != NONE && vertx.cancelTimer(timer);
            giveBack.run();
        }
    }
}
