package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import io.socksgateway.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogQueueTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("test");
    private final Reader reader = new Reader();
    private LogQueue queue;

    /** Reads nothing until it may. */
    private static final class Reader extends AppenderBase<ILoggingEvent> {

        final CountDownLatch reading = new CountDownLatch(1);
        final CountDownLatch free = new CountDownLatch(1);
        final List<String> read = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            reading.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    free.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // as writing to a pipe is
                }
            }
            read.add(line.getFormattedMessage());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        reader.setContext(context);
        reader.start();
        queue = LogQueue.before(context, reader);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(queue);
    }

    @AfterEach
    void stop() {
        reader.free.countDown();
        context.stop();
    }

    @Test
    void whoeverReadsTooSlowlyHoldsNobodyUp() throws Exception {
        log.info("first");
        assertThat(reader.reading.await(30, TimeUnit.SECONDS)).isTrue();

        assertTimeoutPreemptively(LONG, () -> {
            for (int i = 0; i < LogQueue.CAPACITY + 3; i++) {
                log.info("line {}", i);
            }
        });

        reader.free.countDown();
        Eventually.isTrue("what fitted is read", () -> reader.read.size() == 1 + LogQueue.CAPACITY);
        log.info("last");
        Eventually.isTrue("two more are read", () -> reader.read.size() == 1 + LogQueue.CAPACITY + 2);
        assertThat(reader.read)
                .startsWith("first", "line 0")
                .endsWith(
                        "line " + (LogQueue.CAPACITY - 1),
                        "the log was read too slowly: at least 3 lines are missing",
                        "last");
    }

    /** Here for longer than usual, if it must: the reader may be held up by what else this machine has to do. */
    @Test
    void theEndWaitsForWhatIsStillToBeWritten() {
        assertThat(queue.getMaxFlushTime()).isBetween(1_000, 10_000);
        queue.setMaxFlushTime((int) LONG.toMillis());
        reader.free.countDown();
        for (int i = 0; i < 1000; i++) {
            log.info("line {}", i);
        }

        context.stop();

        assertThat(reader.read).hasSize(1000).endsWith("line 999");
    }

    @Test
    void theEndDoesNotWaitForAReaderWhoHasStopped() throws Exception {
        log.info("first");
        assertThat(reader.reading.await(30, TimeUnit.SECONDS)).isTrue();
        queue.setMaxFlushTime(100);

        assertTimeoutPreemptively(LONG, context::stop);

        assertThat(reader.read).isEmpty();
    }
}
