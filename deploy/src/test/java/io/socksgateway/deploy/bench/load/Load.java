package io.socksgateway.deploy.bench.load;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Future;

/** Clients that do the same thing to one server, side by side. */
public final class Load implements AutoCloseable {

    private static final long TICK_MILLIS = 10;
    private static final double SECONDS_TO_OPEN = 15;
    private static final double SECONDS_TO_FINISH = 6;

    private final LoadLoop loop;
    private final Tally tally;
    private final List<? extends Slot> slots;
    private final int atOnce;
    private final Queue<Slot> unopened;
    private Future<?> ticks;

    /**
     * @param atOnce how many clients may be opening what they need at one time
     */
    Load(LoadLoop loop, Tally tally, List<? extends Slot> slots, int atOnce) {
        this.loop = loop;
        this.tally = tally;
        this.slots = slots;
        this.atOnce = atOnce;
        this.unopened = new ArrayDeque<>(slots);
    }

    /**
     * Lets the clients begin, and waits until all are at work.
     *
     * @return how many are
     */
    public int open() throws InterruptedException {
        loop.run(() -> {
            ticks = loop.every(TICK_MILLIS, this::tick);
            tick();
        });
        boolean ignored = loop.await(SECONDS_TO_OPEN, () -> slots.stream().allMatch(Slot::isOpen));
        return loop.call(() -> (int) slots.stream().filter(Slot::isOpen).count());
    }

    private void tick() {
        if (!unopened.isEmpty()) {
            int opened = slots.size() - unopened.size();
            long opening =
                    opened - slots.stream().limit(opened).filter(Slot::isOpen).count();
            for (; opening < atOnce && !unopened.isEmpty(); opening++) {
                unopened.remove().open();
            }
        }
        long now = System.nanoTime();
        slots.forEach(slot -> slot.check(now));
    }

    /** Forgets how long operations have taken so far. */
    public void forgetLatencies() throws InterruptedException {
        loop.run(() -> tally.latencies().clear());
    }

    /** How far the clients are. */
    public Progress progress() throws InterruptedException {
        return loop.call(() -> new Progress(
                System.nanoTime(),
                tally.operations(),
                slots.stream().mapToLong(Slot::octets).sum()));
    }

    /** What went wrong so far. */
    public Map<Fault, Long> faults() throws InterruptedException {
        return loop.call(tally::faults);
    }

    /** Nanoseconds that this part of the operations has not exceeded. */
    public double quantile(double part) throws InterruptedException {
        return loop.call(() -> tally.latencies().quantile(part));
    }

    /** Lets the clients begin nothing new, waits for what is under way, closes all, and returns what went wrong. */
    public Map<Fault, Long> finish() throws InterruptedException {
        loop.run(() -> slots.forEach(Slot::finish));
        boolean all = loop.await(SECONDS_TO_FINISH, () -> slots.stream().allMatch(Slot::isFinished));
        return loop.call(() -> {
            if (!all) {
                tally.fault(Fault.TIMEOUT);
            }
            shut();
            return tally.faults();
        });
    }

    private void shut() {
        if (ticks != null) {
            ticks.cancel(false);
            ticks = null;
            unopened.clear();
            slots.forEach(Slot::close);
        }
    }

    /** Closes what is still open; what was wrong with it is not asked any more. */
    @Override
    public void close() {
        loop.after(0, this::shut);
    }
}
