package io.socksgateway.core.quota;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Reservation.Left;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of one counter in one period, each node's share kept apart.
 *
 * <p>What a node was granted counts, whether it was moved or not, until the node gives it back. So no octet is granted
 * twice, whatever happens to the node: if it dies, what it held is lost to the subject until the period ends; if it was only
 * frozen, it may move what it holds when it comes back.
 *
 * <p>Grants become smaller as the limit comes closer, so that nodes without demand hold little when it is reached.
 *
 * <p>Immutable.
 *
 * @param period when it began, in milliseconds since 1970
 * @param byNode the shares; also those of processes that have ended, and under names of their own the octets that were
 *     forgiven, which are negative
 */
public record TrafficUsage(long period, Map<UUID, Share> byNode) {

    /** The smallest grant in octets, if there is as much. */
    static final long SMALLEST = 64 << 10;

    /** No grant is more than this part of what is left. */
    private static final long PART = 8;

    public TrafficUsage {
        byNode = Map.copyOf(byNode);
    }

    /**
     * The share of one node.
     *
     * @param number of its last ask; of two copies of a share the one with the higher number is the newer
     * @param granted octets, of which so many are spent
     */
    public record Share(long number, long spent, long granted) {

        /** The share of somebody who asks for nothing any more. */
        public static Share settled(long octets) {
            return new Share(0, octets, octets);
        }
    }

    /** What an ask comes to. */
    public record Result(TrafficUsage usage, Answer answer) {}

    /** Octets that count. */
    public long charged() {
        long charged = 0;
        for (Share share : byNode.values()) {
            charged += share.granted;
        }
        return charged;
    }

    /** Octets that are held and not spent. */
    public long held() {
        return byNode.values().stream()
                .mapToLong(share -> share.granted - share.spent)
                .sum();
    }

    /**
     * Settles a node's share and grants it what there is of what it wants.
     *
     * @param before null if nothing is known of the counter
     * @param period when the period of the ask began
     * @param limit octets
     */
    public static Result reserve(@Nullable TrafficUsage before, Ask ask, long period, long limit) {
        TrafficUsage usage = before == null || before.period < period ? new TrafficUsage(period, Map.of()) : before;
        return usage.period > period
                ? new Result(usage, new Answer(ask.spent(), 0, Left.OVER))
                : usage.settle(ask, limit);
    }

    private Result settle(Ask ask, long limit) {
        Share mine = byNode.get(ask.node());
        if (mine != null && ask.number() <= mine.number) {
            return new Result(this, answer(mine, ask.wanted(), mine.granted - mine.spent));
        }
        long recorded = mine == null ? 0 : mine.granted;
        // what a node that begins anew was granted before and does not know of, it has never moved
        long known = mine == null ? 0 : mine.spent;
        long spent = ask.fresh() ? known : ask.spent();
        long holds = ask.fresh() ? 0 : Math.min(Math.max(0, recorded - spent), ask.held());
        long room = Math.max(0, limit - (charged() - recorded) - spent);
        long most = Math.min(room, Math.max(SMALLEST, room / PART));
        long held = Math.min(ask.wanted(), Math.max(holds, most));
        Share share = new Share(ask.number(), spent, spent + held);
        TrafficUsage after = with(ask.node(), share);
        return new Result(after, after.answer(share, ask.wanted(), held));
    }

    private Answer answer(Share share, long wanted, long held) {
        Left left = Left.SOME;
        if (held == 0 && wanted > 0) {
            left = held() > 0 ? Left.ELSEWHERE : Left.NOTHING;
        }
        return new Answer(share.spent, held, left);
    }

    /** As if a node had been granted so many octets more. */
    public TrafficUsage ahead(UUID node, long octets) {
        Share share = byNode.get(node);
        return share == null ? this : with(node, new Share(share.number, share.spent, share.granted + octets));
    }

    private TrafficUsage with(UUID node, Share share) {
        Map<UUID, Share> shares = new HashMap<>(byNode);
        shares.put(node, share);
        return new TrafficUsage(period, shares);
    }

    /**
     * Forgets what was moved so far. What nodes hold and have not moved still counts.
     *
     * @param mark one for each time
     */
    public TrafficUsage forgiven(UUID mark) {
        long moved = charged() - held();
        return moved <= 0 || byNode.containsKey(mark) ? this : with(mark, Share.settled(-moved));
    }

    /**
     * What is known from two copies that have changed apart for a while: parts of a cluster that was split, or what was kept
     * of a cluster that has ended. It does not matter which comes first, nor how often.
     */
    public TrafficUsage merge(TrafficUsage other) {
        if (other.period != period) {
            return other.period > period ? other : this;
        }
        Map<UUID, Share> shares = new HashMap<>(byNode);
        other.byNode.forEach(
                (node, share) -> shares.merge(node, share, (one, two) -> one.number >= two.number ? one : two));
        return new TrafficUsage(period, shares);
    }
}
