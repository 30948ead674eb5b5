package io.socksgateway.core.quota;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Reservation.Left;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bandwidth of one counter in one direction: a bucket that fills with time, and from which the nodes that have traffic
 * take slices for the next moment. Those that want more than they get are given equal parts; what one does not want stays for
 * the others. A node without traffic holds nothing.
 *
 * <p>The bucket holds {@value #BURST} ms of the rate: so no ten seconds have more than 2.5 % above it, and what a node gives
 * back when its traffic moves to another one is not lost. A node that has moved more than it was granted, as a datagram
 * cannot be cut, leaves a debt that is filled up first.
 *
 * <p>Times are milliseconds of a clock that nobody sets, given by the caller: that of whoever keeps the counter. Where another
 * one goes on with it, the clock may be another.
 *
 * <p>Immutable.
 *
 * @param level thousandths of octets in the bucket; below 0 is a debt
 * @param stamp when it was filled last
 * @param byNode the shares of the nodes that have traffic
 */
public record RateShares(long level, long stamp, Map<UUID, Share> byNode) {

    /** Milliseconds that it takes to fill the bucket. */
    public static final long BURST = 250;

    /** Milliseconds in which a node asks again if it wants more: as long it counts for the division. */
    private static final long ASKING = 300;

    /** Milliseconds after which the share of a node that does not ask any more is dropped. */
    private static final long SILENT = 5_000;

    /** Milliseconds that a time may be earlier than the one before. */
    private static final long JITTER = 500;

    /** The longest debt, in milliseconds. */
    private static final long LONGEST_DEBT = 10_000;

    private static final long THOUSAND = 1_000;

    public RateShares {
        byNode = Map.copyOf(byNode);
    }

    /**
     * The share of one node.
     *
     * @param number of its last ask
     * @param granted octets, of which so many are spent
     * @param asked when
     * @param hungry whether it got less than it wanted
     */
    public record Share(long number, long spent, long granted, long asked, boolean hungry) {}

    /** What an ask comes to; no shares at all if nobody has traffic and the bucket is full. */
    public record Result(@Nullable RateShares shares, Answer answer) {}

    /**
     * Settles a node's share and grants it what there is of what it wants.
     *
     * @param before null if nothing is known of the counter
     * @param rate octets a second
     */
    public static Result reserve(@Nullable RateShares before, Ask ask, long rate, long now) {
        RateShares filled =
                before == null ? new RateShares(rate * BURST, now, Map.of()) : before.filled(rate, before.later(now));
        return filled.settle(ask, rate, filled.stamp);
    }

    /** By another clock that is behind it goes on from there, with what is in the bucket. */
    private long later(long now) {
        return stamp - now > JITTER ? now : Math.max(stamp, now);
    }

    private RateShares filled(long rate, long now) {
        long passed = Math.max(0, Math.min(now - stamp, BURST + LONGEST_DEBT));
        return new RateShares(Math.min(rate * BURST, level + rate * passed), now, byNode);
    }

    private Result settle(Ask ask, long rate, long now) {
        Share mine = byNode.get(ask.node());
        if (mine != null && ask.number() <= mine.number) {
            return new Result(this, new Answer(mine.spent, mine.granted - mine.spent, Left.SOME));
        }
        long recorded = mine == null || ask.fresh() ? ask.spent() : mine.granted;
        long holds = Math.max(0, recorded - ask.spent());
        long debt = Math.max(0, ask.spent() - recorded);
        long after = Math.max(-rate * LONGEST_DEBT, level - debt * THOUSAND);
        long held;
        if (ask.wanted() <= holds) {
            held = ask.wanted();
        } else {
            long others = othersAsking(ask.node(), now);
            held = holds + Math.min(ask.wanted() - holds, part(Math.max(0, after), rate, mine, others + 1, now));
        }
        after = Math.min(rate * BURST, after - (held - holds) * THOUSAND);
        Map<UUID, Share> shares = new HashMap<>(byNode);
        shares.values().removeIf(share -> Math.abs(now - share.asked) > SILENT);
        if (ask.wanted() == 0) {
            shares.remove(ask.node());
        } else {
            boolean hungry = held < ask.wanted();
            shares.put(ask.node(), new Share(ask.number(), ask.spent(), ask.spent() + held, now, hungry));
        }
        RateShares result = new RateShares(after, now, shares);
        return new Result(result.isIdle(rate) ? null : result, new Answer(ask.spent(), held, Left.SOME));
    }

    /**
     * What one of so many that ask may have: its part of what has come in since it asked last, so that it does not matter
     * who asks first, and of what has been left for longer.
     */
    private static long part(long level, long rate, @Nullable Share mine, long asking, long now) {
        if (mine == null || mine.asked > now) { // the clock was set back
            return level / asking / THOUSAND;
        }
        long since = rate * Math.min(now - mine.asked, ASKING) / asking;
        long left = Math.max(0, level - rate * BURST / 2) / asking;
        return Math.min(level, since + left) / THOUSAND;
    }

    private long othersAsking(UUID asker, long now) {
        return byNode.entrySet().stream()
                .filter(share -> !share.getKey().equals(asker))
                .filter(share -> share.getValue().hungry && Math.abs(now - share.getValue().asked) < ASKING)
                .count();
    }

    /** As good as unknown. */
    private boolean isIdle(long rate) {
        return byNode.isEmpty() && level >= rate * BURST;
    }

    /** Whether nobody has asked for so long that the bucket must be full, whatever its rate. */
    public boolean isForgotten(long now) {
        return Math.abs(now - stamp) > SILENT + LONGEST_DEBT;
    }
}
