package io.socksgateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check can fail: with a real leak, and with a loop that is really blocked. */
class DefectCheckTest {

    /** Where the run's log goes, which is to hold no report of a defect but a real one. */
    private static Appender<ILoggingEvent> output;

    @BeforeAll
    static void keepOutOfTheLog() {
        output = root().getAppender("out");
        root().detachAppender(output);
    }

    @AfterAll
    static void backToTheLog() {
        root().addAppender(output);
    }

    private static ch.qos.logback.classic.Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void findsALeakedBuffer() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        leak();
        assertThatThrownBy(DefectCheck::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("LEAK: ByteBuf.release() was not called");
    }

    private static void leak() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.buffer(8);
        assertThat(lost.refCnt()).isOne();
    }

    @Test
    void findsAnExceptionThatNobodyHasCaught() {
        Promise<Void> promise = ImmediateEventExecutor.INSTANCE.newPromise();
        promise.addListener(done -> {
            throw new IllegalStateException("in a listener");
        });
        promise.setSuccess(null);
        assertThatThrownBy(DefectCheck::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("IllegalStateException: in a listener");
    }

    @Test
    void isContentWithAReleasedOne() throws Exception {
        ByteBufAllocator.DEFAULT.buffer(8).release();
        DefectCheck.check();
    }

    @Test
    void aLoopIsNotBlockedForAsLongAsTheMachineLetsNothingRun() {
        String report = "Thread vert.x-eventloop-thread-0 has been blocked for 3018 ms, time limit is 2000 ms";
        assertThat(DefectLog.isBlocked(report, (thread, millis) -> 0)).isTrue();
        assertThat(DefectLog.isBlocked(report, (thread, millis) -> 1_000)).isTrue();
        assertThat(DefectLog.isBlocked(report, (thread, millis) -> 1_500)).isFalse();
        assertThat(DefectLog.isBlocked(report, (thread, millis) -> millis)).isFalse();
        assertThat(DefectLog.isBlocked("Thread blocked", (thread, millis) -> 0)).isFalse();
    }

    @Test
    void findsABlockedEventLoop() throws Exception {
        DefectLog log = DefectLog.attach();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setBlockedThreadCheckInterval(5)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(10)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
        List<String> heard = new ArrayList<>();
        CountDownLatch reported = new CountDownLatch(1);
        try {
            vertx.runOnContext(start -> {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (heard.isEmpty() && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                    heard.addAll(log.drain());
                }
                reported.countDown();
            });
            assertThat(reported.await(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            vertx.close().await(40, TimeUnit.SECONDS);
            log.drain();
        }
        assertThat(heard).first().asString().contains("vert.x-eventloop-thread", "has been blocked for");
    }
}
