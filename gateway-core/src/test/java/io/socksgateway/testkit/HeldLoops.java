package io.socksgateway.testkit;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Event loops that stand still while a test does something. What clients say meanwhile is there when a loop accepts them, and
 * so in time, however long the machine has kept them from saying it.
 */
public final class HeldLoops {

    private static final int DEADLINE_SECONDS = 30;

    private HeldLoops() {}

    /** Does something while no loop of a Vert.x moves. */
    public static <T> T during(Vertx vertx, Callable<T> work) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try {
            for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
                CountDownLatch held = new CountDownLatch(1);
                loop.execute(() -> {
                    held.countDown();
                    hold(done);
                });
                if (!held.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("a loop does not stand still");
                }
            }
            return work.call();
        } finally {
            done.countDown();
        }
    }

    private static void hold(CountDownLatch done) {
        try {
            if (!done.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("held for too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
