package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What is still so after the event loops had their turns and the kernel its time: time alone does not tell on a machine that
 * lets nothing run for a while.
 */
public final class LoopTurns {

    /** How often the same has to be seen, and the nanoseconds between: together more than a delayed acknowledgement takes. */
    private static final int LOOKS = 6;

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(25);
    /** In the first turn a loop may have looked at its sockets already. */
    private static final int TURNS = 2;

    private static final int SECONDS = 60;

    private LoopTurns() {}

    /** Looks until it does not change any more, and returns it; fails after 60 seconds. */
    public static <T> T settled(Vertx vertx, Callable<T> observed) throws Exception {
        long start = System.nanoTime();
        T last = observed.call();
        for (int same = 0; same < LOOKS; ) {
            turn(vertx);
            T now = observed.call();
            same = now.equals(last) ? same + 1 : 0;
            last = now;
            if (TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) > SECONDS) {
                throw new AssertionError("still changing after 60 s: " + last);
            }
        }
        return last;
    }

    /** Looks whether it is so and stays so; returns false as soon as it is not. */
    public static boolean remains(Vertx vertx, Callable<Boolean> condition) throws Exception {
        for (int look = 0; look < LOOKS; look++) {
            if (!condition.call()) {
                return false;
            }
            turn(vertx);
        }
        return condition.call();
    }

    /** Waits a little, and then until each loop has heard of all that has happened until then. */
    private static void turn(Vertx vertx) {
        LockSupport.parkNanos(BETWEEN_LOOKS);
        for (int i = 0; i < TURNS; i++) {
            List<Future<?>> turns = new ArrayList<>();
            ((VertxInternal) vertx).nettyEventLoopGroup().forEach(loop -> turns.add(loop.submit(() -> {})));
            for (Future<?> turn : turns) {
                assertThat(turn.awaitUninterruptibly(SECONDS, TimeUnit.SECONDS))
                        .as("an event loop goes round")
                        .isTrue();
            }
        }
    }
}
