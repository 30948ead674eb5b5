package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.channel.EventLoop;
import io.socksgateway.core.net.LoopBound;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PerLoopTest {

    private static final int LOOPS = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final AtomicInteger running = new AtomicInteger();

    @AfterEach
    void close() throws TimeoutException {
        await(vertx.close());
    }

    private final class Counted extends VerticleBase implements LoopBound {
        @Override
        public EventLoop loop() {
            return ((ContextInternal) context).nettyEventLoop();
        }

        @Override
        public Future<?> start() {
            running.incrementAndGet();
            return Future.succeededFuture();
        }

        @Override
        public Future<?> stop() {
            running.decrementAndGet();
            return Future.succeededFuture();
        }
    }

    @Test
    void eachLoopHasExactlyOneInstance() throws TimeoutException {
        List<Counted> verticles = await(new PerLoop<>(vertx, LOOPS, Counted::new).deploy());

        assertThat(verticles).hasSize(LOOPS);
        assertThat(verticles).extracting(Counted::loop).doesNotHaveDuplicates();
        assertThat(running).hasValue(LOOPS);
        assertThat(vertx.deploymentIDs()).hasSize(1);
    }

    /** As on a clustered bus, where a registration takes a context: never the same loop twice in a row may be missed. */
    @Test
    void verticlesThatTakeLoopsThemselvesDoNotUpsetIt() throws TimeoutException {
        for (int extra = 1; extra <= LOOPS; extra++) {
            int contexts = extra;
            List<Taking> verticles = await(new PerLoop<>(vertx, LOOPS, () -> new Taking(contexts)).deploy());

            assertThat(verticles).extracting(Taking::loop).hasSize(LOOPS).doesNotHaveDuplicates();
        }
    }

    /** While somebody else takes one loop after the other it may take several rounds. */
    @Test
    void othersThatTakeLoopsDoNotUpsetIt() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> {
            while (!done.get()) {
                ContextInternal unused = ((VertxInternal) vertx).createEventLoopContext();
                LockSupport.parkNanos(50_000);
            }
        });
        other.start();
        try {
            PerLoop<Counted> first = new PerLoop<>(vertx, LOOPS, Counted::new);
            PerLoop<Counted> second = new PerLoop<>(vertx, LOOPS, Counted::new);
            await(Future.all(first.deploy(), second.deploy()));

            assertThat(first.verticles())
                    .extracting(Counted::loop)
                    .hasSize(LOOPS)
                    .doesNotHaveDuplicates();
            assertThat(second.verticles())
                    .extracting(Counted::loop)
                    .hasSize(LOOPS)
                    .doesNotHaveDuplicates();
            assertThat(running).hasValue(2 * LOOPS);
        } finally {
            done.set(true);
            other.join();
        }
    }

    @Test
    void undeployEndsThemAll() throws TimeoutException {
        PerLoop<Counted> perLoop = new PerLoop<>(vertx, LOOPS, Counted::new);
        await(perLoop.deploy());
        await(perLoop.undeploy());

        assertThat(running).hasValue(0);
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void failsWithTheFirstThatFails() {
        AtomicInteger made = new AtomicInteger();
        PerLoop<LoopBoundVerticle> perLoop =
                new PerLoop<>(vertx, LOOPS, () -> new LoopBoundVerticle(made.incrementAndGet() == 2));

        assertThatThrownBy(() -> await(perLoop.deploy())).hasMessageContaining("the second");
    }

    @Test
    void givesUpWhenALoopIsNeverHandedOut() {
        PerLoop<Counted> perLoop = new PerLoop<>(vertx, LOOPS + 1, Counted::new);

        assertThatThrownBy(() -> await(perLoop.deploy())).hasMessageContaining("only 3 of 4 event loops");
    }

    private static final class Taking extends VerticleBase implements LoopBound {
        private final int contexts;

        private Taking(int contexts) {
            this.contexts = contexts;
        }

        @Override
        public EventLoop loop() {
            return ((ContextInternal) context).nettyEventLoop();
        }

        @Override
        public Future<?> start() {
            for (int i = 0; i < contexts; i++) {
                ContextInternal unused = ((VertxInternal) vertx).createEventLoopContext();
            }
            return Future.succeededFuture();
        }
    }

    private static final class LoopBoundVerticle extends VerticleBase implements LoopBound {
        private final boolean fails;

        private LoopBoundVerticle(boolean fails) {
            this.fails = fails;
        }

        @Override
        public EventLoop loop() {
            return ((ContextInternal) context).nettyEventLoop();
        }

        @Override
        public Future<?> start() {
            return fails ? Future.failedFuture("the second") : Future.succeededFuture();
        }
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(20, TimeUnit.SECONDS);
    }
}
