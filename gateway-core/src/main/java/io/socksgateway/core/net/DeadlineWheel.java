package io.socksgateway.core.net;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of one event loop, in coarse steps: one timer for all, and no allocation to arm or to cancel.
 *
 * <pre>
 * slot = step mod 256; each slot is a ring of deadlines, each with its own step; each step visits one slot
 * </pre>
 *
 * <p>A deadline is never early, and late by at most two steps plus what the loop is busy. The timer runs only
 * while something is armed.
 *
 * <p>Confined to its event loop.
 */
public final class DeadlineWheel {

    /** Length of a step in milliseconds. */
    public static final long STEP = 50;

    private static final int SLOTS = 256;

    private final EventLoop loop;
    private final long start;
    private final Deadline[] slots = new Deadline[SLOTS];
    private final Deadline expiring = new Head();
    private long step;
    private boolean ticking;

    public DeadlineWheel(EventLoop loop) {
        this.loop = loop;
        this.start = loop.ticker().nanoTime();
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Head();
        }
    }

    /**
     * Milliseconds since the wheel was made, in steps, while anything is armed: the cheap clock of activity. Behind by what the
     * loop was held up since its last step.
     */
    public long now() {
        return step * STEP;
    }

    /** Arms a deadline in so many milliseconds, or moves it if it is armed. */
    public void arm(Deadline deadline, long delay) {
        deadline.cancel();
        long now = elapsedSteps(); // the steps lag behind when the loop was held up
        if (!ticking) {
            step = now;
        }
        deadline.due = now + 1 + Math.max(1, (delay + STEP - 1) / STEP);
        deadline.linkBehind(slots[(int) (deadline.due & (SLOTS - 1))]);
        if (!ticking) {
            ticking = true;
            scheduleStep();
        }
    }

    private long elapsedSteps() {
        return TimeUnit.NANOSECONDS.toMillis(loop.ticker().nanoTime() - start) / STEP;
    }

    private void scheduleStep() {
        long dueNanos = start + TimeUnit.MILLISECONDS.toNanos((step + 1) * STEP);
        loop.schedule(this::tick, dueNanos - loop.ticker().nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long last = elapsedSteps();
        while (step < last) {
            step++;
            expire(slots[(int) (step & (SLOTS - 1))]);
        }
        if (isEmpty()) {
            ticking = false;
        } else {
            scheduleStep();
        }
    }

    /** Takes the due ones out first: one that expires may cancel or arm others of the same slot. */
    private void expire(Deadline head) {
        Deadline following;
        for (Deadline d = head.next; d != head; d = following) {
            following = d.next;
            if (d.due <= step) {
                d.cancel();
                d.linkBehind(expiring);
            }
        }
        while (expiring.isArmed()) {
            Deadline d = expiring.next;
            d.cancel();
            d.expired();
        }
    }

    /** Looks at all slots only when the next one is empty, which it seldom is under load. */
    private boolean isEmpty() {
        for (int i = 1; i <= SLOTS; i++) {
            if (slots[(int) ((step + i) & (SLOTS - 1))].isArmed()) {
                return false;
            }
        }
        return true;
    }

    /** The fixed link of a ring; never due. */
    private static final class Head extends Deadline {
        @Override
        protected void expired() {
            throw new IllegalStateException("a ring's head expired");
        }
    }
}
