package io.socksgateway.core.relay.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.socksgateway.core.net.DeadlineWheel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Under a clock that stands still unless it is told to move. */
class IdleWatchTest {

    private static final long OPEN = 10_000;
    private static final long HALF_CLOSED = 2_000;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final AtomicInteger ends = new AtomicInteger();
    private IdleWatch watch;

    @BeforeEach
    void start() {
        channel.freezeTime();
        DeadlineWheel wheel = new DeadlineWheel(channel.eventLoop());
        watch = new IdleWatch(wheel, new IdleWatch.Limits(OPEN, HALF_CLOSED), ends::incrementAndGet);
        watch.start();
    }

    private void advance(long millis) {
        for (long passed = 0; passed < millis; passed += DeadlineWheel.STEP) {
            channel.advanceTimeBy(DeadlineWheel.STEP, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private void assertEndsAfter(long millis) {
        advance(millis);
        assertThat(ends).hasValue(0);
        advance(3 * DeadlineWheel.STEP);
        assertThat(ends).hasValue(1);
    }

    @Test
    void endsWhenNothingHasMovedForAsLongAsItMay() {
        assertEndsAfter(OPEN);
        advance(3 * OPEN);
        assertThat(ends).hasValue(1);
    }

    @Test
    void whateverMovesSetsItBack() {
        for (int i = 0; i < 5; i++) {
            advance(OPEN - DeadlineWheel.STEP);
            watch.active();
        }
        assertEndsAfter(OPEN);
    }

    @Test
    void isShorterOnceOneDirectionHasEnded() {
        advance(OPEN - DeadlineWheel.STEP);
        watch.halfClosed();
        assertEndsAfter(HALF_CLOSED);
    }

    /** The end that came while the loop was held up is heard before the steps are made up for. */
    @Test
    void aPauseOfTheLoopDoesNotMakeItEarly() {
        channel.advanceTimeBy(3_000, TimeUnit.MILLISECONDS);
        watch.halfClosed();
        assertEndsAfter(HALF_CLOSED);
    }

    @Test
    void whatTheLoopHasNotHeardOfInAPauseIsIdle() {
        channel.advanceTimeBy(OPEN + 1_000, TimeUnit.MILLISECONDS);
        advance(DeadlineWheel.STEP);
        assertThat(ends).hasValue(1);
    }

    @Test
    void stoppedItEndsNothing() {
        watch.stop();
        advance(2 * OPEN);
        assertThat(ends).hasValue(0);
    }
}
