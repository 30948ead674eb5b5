package io.socksgateway.core.relay.tunnel;

import io.netty.channel.EventLoop;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Direction;
import java.util.concurrent.RejectedExecutionException;

/**
 * What one direction of a tunnel may read under its quotas. Octets are taken before they are read, so that none is moved
 * that no quota has granted; a tunnel without a limit is not held up by a single instruction more than a comparison.
 *
 * <p>Confined to its event loop.
 */
final class Intake {

    private final Tunnel tunnel;
    private final Allowance allowance;
    private final Direction direction;
    private final EventLoop loop;
    private final boolean limited;
    private boolean waiting;

    Intake(Tunnel tunnel, Tunnel.End from, EventLoop loop) {
        this.tunnel = tunnel;
        this.allowance = tunnel.allowance();
        this.direction = from == Tunnel.End.CLIENT ? Direction.UP : Direction.DOWN;
        this.loop = loop;
        this.limited = allowance.isLimited();
    }

    /** How many octets may be read now, at most so many. If they are fewer, {@link #await} before reading again. */
    int take(int most) {
        return limited ? allowance.take(direction, most) : most;
    }

    /** Fewer octets were read than were taken. */
    void giveBack(int octets) {
        if (limited && octets > 0) {
            allowance.giveBack(direction, octets);
        }
    }

    /**
     * Goes on when others have had their turn.
     *
     * @param again runs when there is something again
     * @param never runs when there will be nothing
     */
    void await(Runnable again, Runnable never) {
        if (!waiting && !tunnel.hasEnded()) {
            waiting = true;
            allowance.await(direction, () -> wake(again, never));
        }
    }

    /** On any thread. */
    private void wake(Runnable again, Runnable never) {
        try {
            loop.execute(() -> {
                waiting = false;
                if (!tunnel.hasEnded()) {
                    (allowance.usedUp(direction) == null ? again : never).run();
                }
            });
        } catch (RejectedExecutionException over) {
            // the event loop has ended, and the tunnel with it
        }
    }
}
