package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks each event loop for a sign of life once a second, and times how late it comes.
 *
 * <p>Thread-safe.
 */
final class LoopLag {

    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** A loop that is silent for so long will not come back by itself. */
    private static final long STUCK = TimeUnit.SECONDS.toNanos(30);

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
    };

    private final List<Pulse> pulses = new ArrayList<>();

    LoopLag(List<EventLoop> loops, Meters meters) {
        for (int i = 0; i < loops.size(); i++) {
            String label = String.valueOf(i);
            EventLoop loop = loops.get(i);
            Timer lag = meters.histogram(
                    "event.loop.lag", "How late an event loop runs what is due", BUCKETS, "loop", label);
            if (loop instanceof SingleThreadEventExecutor executor) {
                meters.gauge(
                        "event.loop.pending.tasks",
                        "Tasks that wait for an event loop",
                        executor::pendingTasks,
                        "loop",
                        label);
            }
            pulses.add(new Pulse(loop, lag));
        }
    }

    void start() {
        pulses.forEach(Pulse::expect);
    }

    /** How many event loops have not given a sign of life for 30 seconds. */
    long stuck() {
        long now = System.nanoTime();
        return pulses.stream().filter(pulse -> now - pulse.last > STUCK).count();
    }

    /** The signs of life of one event loop. */
    private static final class Pulse implements Runnable {
        private final EventLoop loop;
        private final Timer lag;
        private volatile long due;
        private volatile long last = System.nanoTime();

        Pulse(EventLoop loop, Timer lag) {
            this.loop = loop;
            this.lag = lag;
        }

        void expect() {
            if (!loop.isShuttingDown()) {
                due = System.nanoTime() + PERIOD;
                loop.schedule(this, PERIOD, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            last = now;
            lag.record(Math.max(0, now - due), TimeUnit.NANOSECONDS);
            expect();
        }
    }
}
