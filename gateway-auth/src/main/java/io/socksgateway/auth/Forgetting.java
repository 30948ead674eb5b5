package io.socksgateway.auth;

/**
 * When remembered logins were forgotten last. What was asked before that is not remembered after it: the answer may be one from
 * before the change.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class Forgetting {

    private long times;

    void happens() {
        times++;
    }

    /** Now, as {@link #since} takes it. */
    long mark() {
        return times;
    }

    /** Whether something was forgotten after the mark. */
    boolean since(long mark) {
        return times != mark;
    }
}
