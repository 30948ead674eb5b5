package io.socksgateway.core.relay.tunnel;

import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.DeadlineWheel;

/**
 * Notices that nothing moves in a tunnel any more. Activity only sets a clock back, so that it costs nothing; the
 * deadline looks at that clock when it comes.
 *
 * <p>Confined to its event loop.
 */
final class IdleWatch extends Deadline {

    private final DeadlineWheel wheel;
    private final Limits limits;
    private final Runnable action;
    private long limit;
    private long lastActive;

    /**
     * How long nothing may move, in milliseconds.
     *
     * @param halfClosed once one direction has ended
     */
    public record Limits(long open, long halfClosed) {}

    IdleWatch(DeadlineWheel wheel, Limits limits, Runnable action) {
        this.wheel = wheel;
        this.limits = limits;
        this.action = action;
        this.limit = limits.open();
    }

    void start() {
        wheel.arm(this, limit);
        lastActive = wheel.now();
    }

    void active() {
        lastActive = wheel.now();
    }

    /** One direction has ended: a shorter limit holds from now on. */
    void halfClosed() {
        limit = limits.halfClosed();
        start();
    }

    void stop() {
        cancel();
    }

    @Override
    protected void expired() {
        long left = lastActive + limit - wheel.now();
        if (left > 0) {
            wheel.arm(this, left);
        } else {
            action.run();
        }
    }
}
