package io.socksgateway.cluster.growth;

import java.util.Arrays;

/**
 * Time that passes only from one event to the next. What is planned for the same moment happens in the order in which it was
 * planned, so that the same input makes the same run.
 *
 * <p>A binary heap in plain arrays: with a million events under way, objects would cost more than what they stand for.
 * Confined to one thread.
 */
public final class VirtualTime {

    /** Where the clock begins: the first of a month, so that no period ends meanwhile. Milliseconds since 1970. */
    private static final long EPOCH = 1_767_225_600_000L;

    private long[] when = new long[1 << 10];
    private long[] order = new long[1 << 10];
    private Runnable[] events = new Runnable[1 << 10];
    private int size;
    private long now;
    private long planned;

    /** Microseconds since the beginning. */
    public long micros() {
        return now;
    }

    /** Milliseconds since 1970. */
    public long millis() {
        return EPOCH + now / 1_000;
    }

    /** How many events have been planned so far. */
    public long planned() {
        return planned;
    }

    /** Plans an event so many microseconds from now, 0 or more. */
    public void after(long micros, Runnable event) {
        if (micros < 0) {
            throw new IllegalArgumentException("micros: " + micros + " (expected: 0 or more)");
        }
        if (size == when.length) {
            when = Arrays.copyOf(when, 2 * size);
            order = Arrays.copyOf(order, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        rise(size++, now + micros, planned++, event);
    }

    /** Lets everything happen up to this moment, in microseconds since the beginning. */
    public void runUntil(long micros) {
        while (size > 0 && when[0] <= micros) {
            now = when[0];
            Runnable event = events[0];
            size--;
            long lastWhen = when[size];
            long lastOrder = order[size];
            Runnable last = events[size];
            events[size] = null;
            if (size > 0) {
                sink(lastWhen, lastOrder, last);
            }
            event.run();
        }
        now = Math.max(now, micros);
    }

    private void rise(int from, long at, long number, Runnable event) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!before(at, number, parent)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, at, number, event);
    }

    private void sink(long at, long number, Runnable event) {
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(when[child + 1], order[child + 1], child)) {
                child++;
            }
            if (before(at, number, child)) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, at, number, event);
    }

    private boolean before(long at, long number, int other) {
        return at < when[other] || (at == when[other] && number < order[other]);
    }

    private void move(int from, int to) {
        put(to, when[from], order[from], events[from]);
    }

    private void put(int place, long at, long number, Runnable event) {
        when[place] = at;
        order[place] = number;
        events[place] = event;
    }
}
