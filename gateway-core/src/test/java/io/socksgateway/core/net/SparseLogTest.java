package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SparseLogTest {

    @Test
    void oneLineInTenSecondsThatSaysHowManyItStandsFor() {
        Logger logger = (Logger) LoggerFactory.getLogger("sparse");
        logger.setAdditive(false);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
        SparseLog log = new SparseLog(logger, time::get);

        log.warn("first", new IllegalStateException("a"));
        log.warn("second", new IllegalStateException("b"));
        time.addAndGet(Duration.ofSeconds(10).toNanos());
        log.warn("third", new IllegalStateException("c"));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "first: java.lang.IllegalStateException: a",
                        "third: java.lang.IllegalStateException: c (1 like it not shown)");
    }
}
