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
 * @param era tells this count from those of clusters that have ended: the node that began it
 * @param byNode the shares
 * @param earlier octets of the same period by era, from clusters that have ended
 */
public record TrafficUsage(long period, UUID era, Map<UUID, Share> byNode, Map<UUID, Long> earlier) {

    /** The smallest grant in octets, if there is as much. */
    static final long SMALLEST = 64 << 10;

    /** No grant is more than this part of what is left. */
    private static final long PART = 8;

    public TrafficUsage {
        byNode = Map.copyOf(byNode);
        earlier = Map.copyOf(earlier);
    }

    /**
     * The share of one node.
     *
     * @param number of its last ask
     * @param granted octets, of which so many are spent
     */
    public record Share(long number, long spent, long granted) {}

    /** What an ask comes to. */
    public record Result(TrafficUsage usage, Answer answer) {}

    /** Octets that count. */
    public long charged() {
        long charged = 0;
        for (Share share : byNode.values()) {
            charged += share.granted;
        }
        for (long octets : earlier.values()) {
            charged += octets;
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
        TrafficUsage usage = before == null || before.period < period
                ? new TrafficUsage(period, ask.node(), Map.of(), Map.of())
                : before;
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
        long holds = ask.fresh() ? 0 : Math.max(0, recorded - spent);
        long room = Math.max(0, limit - (charged() - recorded) - spent);
        long most = Math.min(room, Math.max(SMALLEST, room / PART));
        long held = Math.min(ask.wanted(), Math.max(holds, most));
        Share share = new Share(ask.number(), spent, spent + held);
        Map<UUID, Share> shares = new HashMap<>(byNode);
        shares.put(ask.node(), share);
        TrafficUsage after = new TrafficUsage(period, era, shares, earlier);
        return new Result(after, after.answer(share, ask.wanted(), held));
    }

    private Answer answer(Share share, long wanted, long held) {
        Left left = Left.SOME;
        if (held == 0 && wanted > 0) {
            left = held() > 0 ? Left.ELSEWHERE : Left.NOTHING;
        }
        return new Answer(share.spent, held, left);
    }

    /**
     * Adds what is known of the same period from another era. Adding it again changes nothing.
     *
     * @param octets all that was charged in that era
     */
    public TrafficUsage withEarlier(UUID other, long octets) {
        Long known = earlier.get(other);
        if (other.equals(era) || (known != null && known >= octets)) {
            return this;
        }
        Map<UUID, Long> eras = new HashMap<>(earlier);
        eras.put(other, octets);
        return new TrafficUsage(period, era, byNode, eras);
    }

    /**
     * Forgets what was moved so far. What nodes hold and have not moved still counts.
     *
     * @param mark one for each time
     */
    public TrafficUsage forgiven(UUID mark) {
        long moved = charged() - held();
        return moved <= 0 ? this : withEarlier(mark, -moved);
    }

    /** Octets charged in this era alone: what there is to write down. */
    public long chargedInEra() {
        return charged() - earlier.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What two parts of a cluster, that have counted apart for a while, know together. */
    public TrafficUsage merge(TrafficUsage other) {
        if (other.period != period) {
            return other.period > period ? other : this;
        }
        TrafficUsage merged = this;
        for (Map.Entry<UUID, Long> known : other.earlier.entrySet()) {
            merged = merged.withEarlier(known.getKey(), known.getValue());
        }
        if (!other.era.equals(era)) {
            return merged.withEarlier(other.era, other.chargedInEra());
        }
        Map<UUID, Share> shares = new HashMap<>(byNode);
        other.byNode.forEach(
                (node, share) -> shares.merge(node, share, (one, two) -> one.number >= two.number ? one : two));
        return new TrafficUsage(period, era, shares, merged.earlier);
    }
}
