package io.socksgateway.core.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The octets of one counter that this node may move, shared by its sessions on all event loops. It is filled by a {@link
 * Meter}; sessions that find too little wait in line.
 *
 * <p>Taking is one compare-and-set for each turn of a session on its event loop, not for each packet.
 *
 * <p>Thread-safe.
 */
final class Tank {

    /** The least that is worth waking a session for, in octets, unless there is less. */
    private static final int WORTHWHILE = 2 << 10;

    static final long NO_CREDIT = -1;

    private final AtomicLong octets = new AtomicLong();
    private final Queue<Runnable> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inLine = new AtomicInteger();
    private final Runnable thirst;
    private volatile boolean thirsty;
    private volatile boolean told;
    private volatile boolean usedUp;
    private volatile long low;
    private volatile int portion = Integer.MAX_VALUE;

    /**
     * An empty tank.
     *
     * @param thirst runs on any thread when there is too little in it, once until {@link #seen}
     */
    Tank(Runnable thirst) {
        this.thirst = thirst;
    }

    /** Takes up to so many octets; not all that are there, if others wait too. */
    int take(int most) {
        while (true) {
            long before = octets.get();
            long taken = Math.min(Math.min(most, portion), before);
            if (taken <= 0) {
                askForMore();
                return 0;
            }
            if (octets.compareAndSet(before, before - taken)) {
                if (before - taken < low || before < most) {
                    askForMore();
                }
                return (int) taken;
            }
        }
    }

    /**
     * Takes all or nothing.
     *
     * @param credit how deep in debt the tank may be when it is taken, which is filled up first; {@link #NO_CREDIT} if all of
     *     the amount has to be there
     */
    boolean takeWhole(int amount, long credit) {
        while (true) {
            long before = octets.get();
            if (credit == NO_CREDIT ? before < amount : before <= -credit) {
                askForMore();
                return false;
            }
            if (octets.compareAndSet(before, before - amount)) {
                if (before - amount < low) {
                    askForMore();
                }
                return true;
            }
        }
    }

    private void askForMore() {
        thirsty = true;
        if (!told) {
            told = true;
            thirst.run();
        }
    }

    void giveBack(int amount) {
        if (octets.addAndGet(amount) > 0 && inLine.get() > 0) {
            callSome(1);
        }
    }

    /** Stands in line until there is something again, or never again. */
    void await(Runnable more) {
        line.add(more);
        inLine.incrementAndGet();
        if (usedUp || octets.get() > 0) { // it came meanwhile, or there was only a portion to be had
            callSome(1);
        } else {
            askForMore();
        }
    }

    long octets() {
        return octets.get();
    }

    int waiting() {
        return inLine.get();
    }

    /** The thirst was noticed: it is told again from now on. */
    void seen() {
        told = false;
    }

    /** Whether there was too little since the last {@link #quench}. */
    boolean isThirsty() {
        return thirsty;
    }

    /** More was asked for. */
    void quench() {
        thirsty = false;
    }

    /** More is asked for when there is less than this. */
    void low(long mark) {
        low = mark;
    }

    /** Adds octets, or takes away if it is below 0, and calls those in line that there is something for. */
    void fill(long amount) {
        long now = octets.addAndGet(amount);
        if (amount > 0) {
            usedUp = false;
        }
        if (now > 0) {
            int waiting = inLine.get();
            long each = waiting == 0 ? Integer.MAX_VALUE : Math.max(now / waiting, WORTHWHILE);
            portion = (int) Math.min(Integer.MAX_VALUE, each);
            callSome(waiting == 0 ? 0 : (now + each - 1) / each);
        }
    }

    private void callSome(long count) {
        for (long i = 0; i < count; i++) {
            Runnable next = line.poll();
            if (next == null) {
                return;
            }
            inLine.decrementAndGet();
            next.run();
        }
    }

    /** Calls those in line if there is something. */
    void serve() {
        if (octets.get() > 0) {
            callSome(inLine.get());
        }
    }

    /** Empties it; what was in it. */
    long drain() {
        return octets.getAndSet(0);
    }

    /** There will be nothing in it for long: who waits is told. */
    void usedUp() {
        usedUp = true;
        callSome(inLine.get());
    }

    /** There may be something again. */
    void unlock() {
        usedUp = false;
    }

    boolean isUsedUp() {
        return usedUp;
    }
}
