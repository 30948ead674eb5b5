package io.socksgateway.core.quota;

import java.util.ArrayList;
import java.util.List;

/**
 * How many sessions of one counter have started in the last second, on all nodes together.
 *
 * <p>Not a token bucket: with one, a second after a quiet time has twice the rate, and ten seconds a tenth more. Here no
 * second has more than the limit. The price is the width of a slot, {@value #SLOT} ms: so much later than after a second may a
 * start be forgotten, and so at least 98 % of the limit can be used.
 *
 * <p>Times are milliseconds of the cluster's clock, given by the caller. The clocks of nodes differ a little: who is behind what
 * was noted last asks and starts as if it were that time, so what others have started counts for it too. That is at most as
 * long after a second as it is behind.
 *
 * <p>Immutable.
 *
 * @param slots with at least one start each, the oldest first
 */
public record RecentStarts(List<Slot> slots) {

    /** Nobody has started anything. */
    public static final RecentStarts NONE = new RecentStarts(List.of());

    /** Milliseconds that starts are counted together. */
    private static final long SLOT = 20;

    /** From the beginning of a slot until the last start in it is a second ago. */
    private static final long COUNTS = 1_000 + SLOT - 1;

    /** What was noted further ahead was noted by a clock that has since been set back. */
    private static final long AHEAD = 10_000;

    public RecentStarts {
        slots = List.copyOf(slots);
    }

    /** The starts from one time until {@link #SLOT} milliseconds later. */
    public record Slot(long from, int starts) {}

    /** How many more may start now. */
    public int room(int perSecond, long now) {
        long recent = 0;
        for (Slot slot : at(now).slots) {
            recent += slot.starts;
        }
        return (int) Math.max(0, perSecond - recent);
    }

    /** The same with so many more, 0 or more, that start now. */
    public RecentStarts plus(int starts, long now) {
        RecentStarts recent = at(now);
        if (starts == 0) {
            return recent;
        }
        List<Slot> slots = new ArrayList<>(recent.slots);
        int last = slots.size() - 1;
        long from = now - Math.floorMod(now, SLOT);
        if (last >= 0 && slots.get(last).from >= from) {
            slots.set(last, new Slot(slots.get(last).from, slots.get(last).starts + starts));
        } else {
            slots.add(new Slot(from, starts));
        }
        return new RecentStarts(slots);
    }

    /** Without what does not count any more, or was noted by a clock that has since been set back. */
    public RecentStarts at(long now) {
        long latest = latest(now);
        if (slots.stream().allMatch(slot -> counts(slot, latest))) {
            return this;
        }
        return new RecentStarts(
                slots.stream().filter(slot -> counts(slot, latest)).toList());
    }

    private long latest(long now) {
        long latest = now;
        for (Slot slot : slots) {
            if (slot.from - now <= AHEAD) {
                latest = Math.max(latest, slot.from);
            }
        }
        return latest;
    }

    private static boolean counts(Slot slot, long now) {
        return slot.from <= now && now - slot.from < COUNTS;
    }

    public boolean isEmpty() {
        return slots.isEmpty();
    }
}
