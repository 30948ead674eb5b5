package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under a clock that stands still unless it is told to move. */
class DeadlineWheelTest {

    private static final long TURN = 256 * DeadlineWheel.STEP;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> expired = new ArrayList<>();
    private DeadlineWheel wheel = freshWheel();
    private long now;

    private DeadlineWheel freshWheel() {
        channel.freezeTime();
        return new DeadlineWheel(channel.eventLoop());
    }

    @BeforeEach
    void start() {
        now = 0;
    }

    private void advance(long millis) {
        now += millis;
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private Deadline named(String name) {
        return Deadline.of(() -> expired.add(name));
    }

    /** Goes on a millisecond at a time and tells how many it took. */
    private long millisUntil(Deadline deadline) {
        long start = now;
        while (deadline.isArmed()) {
            advance(1);
        }
        return now - start;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 49, 50, 51, 99, 100, 101, 1_000, TURN - 51, TURN - 1, TURN, TURN + 1, 5 * TURN + 7})
    void neverEarlyAndAtMostTwoStepsLate(long delay) {
        for (int offset = 0; offset < DeadlineWheel.STEP; offset += 7) {
            advance(7);
            Deadline deadline = named("a");
            wheel.arm(deadline, delay);
            assertThat(millisUntil(deadline)).isBetween(delay, delay + 2 * DeadlineWheel.STEP);
        }
        assertThat(expired).hasSize(8).containsOnly("a");
    }

    @Test
    void armedWhileTheWheelTurnsItIsNotEarlyEither() {
        Deadline other = named("other");
        wheel.arm(other, 10 * TURN);
        for (int i = 0; i < 60; i++) {
            advance(17);
            Deadline deadline = named("a");
            wheel.arm(deadline, 120);
            assertThat(millisUntil(deadline)).isBetween(120L, 220L);
        }
        assertThat(other.isArmed()).isTrue();
    }

    /** Sockets come before timers, so what they arm is armed before the steps are made up for. */
    @Test
    void armedBehindAPauseOfTheLoopItIsNotEarlyEither() {
        wheel.arm(named("other"), 10 * TURN);
        advance(1_000);
        channel.advanceTimeBy(3_000, TimeUnit.MILLISECONDS);
        Deadline deadline = named("a");
        wheel.arm(deadline, 400);
        channel.runScheduledPendingTasks();
        assertThat(millisUntil(deadline)).isBetween(400L, 500L);
    }

    @Test
    void afterALongPauseAllThatIsDueExpiresInOrder() {
        wheel.arm(named("late"), 10_000);
        wheel.arm(named("early"), 100);
        wheel.arm(named("middle"), 5_000);
        advance(60_000);
        assertThat(expired).containsExactly("early", "middle", "late");
    }

    @Test
    void cancelledItDoesNotExpire() {
        Deadline deadline = named("a");
        wheel.arm(deadline, 100);
        assertThat(deadline.isArmed()).isTrue();
        deadline.cancel();
        deadline.cancel();
        assertThat(deadline.isArmed()).isFalse();
        advance(1_000);
        assertThat(expired).isEmpty();
    }

    @Test
    void armedAgainItMoves() {
        Deadline deadline = named("a");
        wheel.arm(deadline, 100);
        advance(90);
        wheel.arm(deadline, 1_000);
        assertThat(millisUntil(deadline)).isBetween(1_000L, 1_100L);
        advance(TURN);
        assertThat(expired).containsExactly("a");
    }

    @Test
    void mayArmItselfWhenItExpires() {
        Deadline periodic = new Deadline() {
            @Override
            protected void expired() {
                expired.add("tick");
                if (expired.size() < 3) {
                    wheel.arm(this, 0);
                }
            }
        };
        wheel.arm(periodic, 100);
        assertThat(millisUntil(periodic)).isLessThanOrEqualTo(100 + 5 * DeadlineWheel.STEP);
        assertThat(expired).hasSize(3);
    }

    @Test
    void oneThatExpiresMayCancelAndArmItsNeighbours() {
        Deadline victim = named("victim");
        Deadline moved = named("moved");
        Deadline killer = Deadline.of(() -> {
            expired.add("killer");
            victim.cancel();
            wheel.arm(moved, 200);
        });
        // the order in a slot is not promised: try both
        wheel.arm(victim, 100);
        wheel.arm(killer, 100);
        wheel.arm(moved, 100);
        advance(200);
        wheel.arm(moved, 100);
        wheel.arm(killer, 100);
        wheel.arm(victim, 100);
        advance(2_000);
        advance(300); // what was armed behind the pause
        assertThat(expired.stream().filter("killer"::equals)).hasSize(2);
        assertThat(expired.stream().filter("victim"::equals)).hasSizeLessThanOrEqualTo(1);
        assertThat(expired).endsWith("moved");
        assertThat(victim.isArmed()).isFalse();
    }

    @Test
    void manyInOneSlotExpireOnceEach() {
        for (int i = 0; i < 1_000; i++) {
            wheel.arm(named("same" + i), 500);
            wheel.arm(named("later" + i), 500 + TURN);
        }
        advance(600);
        assertThat(expired).hasSize(1_000).doesNotHaveDuplicates().allMatch(name -> name.startsWith("same"));
        advance(TURN);
        assertThat(expired).hasSize(2_000).doesNotHaveDuplicates();
    }

    @Test
    void withNothingArmedNothingIsScheduled() {
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
        Deadline deadline = named("a");
        wheel.arm(deadline, 100);
        assertThat(channel.runScheduledPendingTasks()).isPositive();
        advance(200);
        assertThat(expired).containsExactly("a");
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
        advance(10 * TURN); // a gap in which no step was made
        wheel.arm(deadline, 100);
        assertThat(millisUntil(deadline)).isBetween(100L, 200L);
    }

    @Test
    void itsClockIsThatOfTheLoopInSteps() {
        wheel.arm(named("a"), 10 * TURN);
        long before = wheel.now();
        advance(1_000);
        assertThat(wheel.now() - before).isBetween(1_000 - DeadlineWheel.STEP, 1_000 + DeadlineWheel.STEP);
    }

    @Test
    void cancellingWhatWasNeverArmedDoesNothing() {
        Deadline deadline = named("a");
        deadline.cancel();
        assertThat(deadline.isArmed()).isFalse();
        wheel.arm(deadline, 0);
        advance(200);
        assertThat(expired).containsExactly("a");
    }
}
