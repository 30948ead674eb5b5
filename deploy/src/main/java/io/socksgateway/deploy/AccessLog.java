package io.socksgateway.deploy;

import io.socksgateway.core.session.SessionLog;
import io.socksgateway.core.session.SessionRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes access lines on a thread of its own, some 20 ms after the end of a session. Event loops only queue: when 65,536 lines wait, because the disk is slow
 * or full, further ones are dropped and counted, and no session waits for them.
 *
 * <p>Thread-safe.
 */
final class AccessLog implements SessionLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int CAPACITY = 65_536;
    private static final int BATCH = 1_024;
    private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private record Line(SessionRecord session, Instant ended) {}

    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final LongAdder lost = new LongAdder();
    private final AccessFile file;
    private final String node;
    private final Clock clock;
    private final Duration patience;
    private final Thread writer = new Thread(this::write, "access-log");
    private volatile boolean closing;
    private volatile boolean waiting;
    private boolean failing;

    AccessLog(AccessFile file, String node, Clock clock) {
        this(file, node, clock, CLOSING);
    }

    /**
     * @param patience how long {@link #close} waits for the writer
     */
    AccessLog(AccessFile file, String node, Clock clock, Duration patience) {
        this.file = file;
        this.node = node;
        this.clock = clock;
        this.patience = patience;
    }

    void start() {
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void ended(SessionRecord session) {
        if (!queue.offer(new Line(session, clock.instant()))) {
            dropped.incrementAndGet();
            lost.increment();
        }
    }

    /** Lines that could not be written, since the start. */
    long lost() {
        return lost.sum();
    }

    private void write() {
        List<Line> batch = new ArrayList<>(BATCH);
        StringBuilder text = new StringBuilder();
        try {
            while (!closing || !queue.isEmpty()) {
                waiting = true;
                batch.add(queue.take());
                waiting = false;
                if (!closing && queue.size() < BATCH) {
                    LockSupport.parkNanos(GATHERING); // to be woken for each line would cost the event loops more
                }
                queue.drainTo(batch, BATCH - 1);
                batch.forEach(line -> AccessLine.append(text, line.session(), node, line.ended()));
                append(text, batch.size());
                batch.clear();
                text.setLength(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nothing is left in the queue: see close
        }
    }

    private void append(CharSequence lines, int count) {
        try {
            file.append(lines);
            long lost = dropped.getAndSet(0);
            if (failing || lost > 0) {
                LOG.warn("access log {}: writing again; {} lines were lost", file, lost);
            }
            failing = false;
        } catch (IOException e) {
            int gone = e instanceof AccessFile.Unwritten partly ? count - partly.written() : count;
            dropped.addAndGet(gone);
            lost.add(gone);
            if (!failing) {
                LOG.error("access log {}: cannot be written, lines are lost: {}", file, e.getMessage());
            }
            failing = true;
        }
    }

    /** Writes what is queued, for at most 5 seconds: nobody may be reading the pipe, or the disk may hang. */
    @Override
    public void close() {
        closing = true;
        long until = System.nanoTime() + patience.toNanos();
        try {
            // an interrupt closes the file under a writer that is still at work
            while (!(waiting && queue.isEmpty()) && writer.isAlive() && System.nanoTime() - until < 0) {
                writer.join(10);
            }
            writer.interrupt();
            writer.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            if (writer.isAlive()) {
                LOG.error("access log {}: does not take the last {} lines", file, queue.size());
            }
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("access log {}: {}", file, e.getMessage());
        }
    }
}
