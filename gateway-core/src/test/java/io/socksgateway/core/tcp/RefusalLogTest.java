package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalLogTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);

    private List<String> at(Level level) {
        return lines.list.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void soManyLinesInTenSecondsAndTheOthersOnlyForWhoDebugs() {
        Logger logger = (Logger) LoggerFactory.getLogger("refusals");
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        lines.start();
        logger.addAppender(lines);
        RefusalLog log = new RefusalLog(time::get);

        for (int i = 0; i < RefusalLog.LINES + 2; i++) {
            log.write(logger, "{} refused " + i);
        }
        assertThat(at(Level.INFO)).hasSize(RefusalLog.LINES).contains("{} refused 0");
        assertThat(at(Level.DEBUG)).containsExactly("{} refused 20", "{} refused 21");

        time.addAndGet(Duration.ofSeconds(10).toNanos());
        log.write(logger, "next");
        log.write(logger, "last");
        assertThat(at(Level.INFO))
                .hasSize(RefusalLog.LINES + 2)
                .endsWith("next (2 such lines before it not shown)", "last");
    }
}
