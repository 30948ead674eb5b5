package io.socksgateway.deploy;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.concurrent.atomic.LongAdder;

/**
 * The lines of the log on their way to where they are written, which a thread of its own does: event loops log, and must not
 * wait for who reads it. What does not fit is counted and dropped, and a line says so once half of the queue is free again.
 *
 * <p>Thread-safe.
 */
final class LogQueue extends AsyncAppender {

    /** In lines. */
    static final int CAPACITY = 4096;

    /** Milliseconds that the end waits for who reads; a busy machine may hold up the writer for longer than a second. */
    private static final int PATIENCE = 5_000;

    private final LongAdder dropped = new LongAdder();

    /** A queue that is started, before an appender that is too. */
    static LogQueue before(LoggerContext log, Appender<ILoggingEvent> writer) {
        LogQueue queue = new LogQueue();
        queue.setContext(log);
        queue.setName("queue");
        queue.setQueueSize(CAPACITY);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(PATIENCE);
        queue.setDiscardingThreshold(0); // lines of any level, until it is full
        queue.addAppender(writer);
        queue.start();
        return queue;
    }

    @Override
    protected void append(ILoggingEvent line) {
        int free = getRemainingCapacity();
        if (free == 0) {
            dropped.increment();
            return;
        }
        if (free >= CAPACITY / 2) {
            tellOfDropped();
        }
        super.append(line);
    }

    /** Threads that come at once, when one line still fits, may lose one that is not counted. */
    private void tellOfDropped() {
        long lines = dropped.sum() == 0 ? 0 : dropped.sumThenReset();
        if (lines > 0) {
            super.append(new LoggingEvent(
                    LogQueue.class.getName(),
                    ((LoggerContext) getContext()).getLogger("io.socksgateway"),
                    Level.WARN,
                    "the log was read too slowly: at least {} lines are missing",
                    null,
                    new Object[] {lines}));
        }
    }

    /** Waits for what is still to be written, for five seconds at the most. */
    @Override
    public void stop() {
        if (isStarted()) {
            tellOfDropped();
        }
        super.stop();
    }
}
