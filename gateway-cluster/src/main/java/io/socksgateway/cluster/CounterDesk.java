package io.socksgateway.cluster;

import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionLimit;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds of one counter, and who is waiting for more of it.
 *
 * <p>At most one operation on the counter is under way; meanwhile askers queue, and the next operation asks for all of
 * them. Each operation says how many sessions the node really holds and how many more it would like, never "one more" or
 * "one less". So an operation that is executed twice, or fails without anybody knowing whether it was executed, does no
 * harm: the next one sets it right. And as what is granted is only added to {@code held} by the answer to the one operation
 * under way, and releases only lower it, the map never says less than the node holds.
 *
 * <p>While there is plenty of room, what has ended is told a moment later, all together, and until then the next session takes
 * its place without any operation. Who is refused although other nodes may be late in the same way waits for them and is
 * asked for once again. See {@link SessionCounter}.
 *
 * <p>Times are milliseconds of a clock that is never set. No I/O in here. Confined to its event loop; asking from within an
 * answer is allowed.
 */
final class CounterDesk {

    /** Milliseconds that a release may be told later. */
    static final long LATE = 100;

    /** Milliseconds until others' releases must have arrived: theirs may be late, and wait for the others of a batch. */
    static final long AGAIN = 3 * LATE;

    private static final int UNKNOWN = -1;

    private static final long NOTHING = Long.MIN_VALUE;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private List<Waiting> asked = List.of();
    private SessionLimit limit = SessionLimit.NONE;
    private int held;
    private int recorded;
    private int sent;
    private long sentAt;
    private int rounds;
    private boolean busy;
    private boolean postponed;
    /** Until then there is plenty of room under the limit that was asked for last. */
    private long roomyUntil = NOTHING;
    /** Since when something has ended that was not told. */
    private long lateSince = NOTHING;

    /**
     * Who asks.
     *
     * @param again from then on a refusal is final; null for one who was not refused yet
     */
    private record Waiting(
            SessionLimit limit,
            Promise<Boolean> answer,
            @Nullable Long again) {

        boolean isDue(long now) {
            return again == null || now >= again;
        }

        boolean wasAskedAgain(long sentAt) {
            return again != null && sentAt >= again;
        }

        Waiting refusedOnce(long now) {
            return again == null ? new Waiting(limit, answer, now + AGAIN) : this;
        }
    }

    /**
     * One operation to be done on the counter.
     *
     * @param held what the node holds
     * @param wanted how many more are asked for, 0 to only record what it holds
     */
    record Round(int held, int wanted, SessionLimit limit) {}

    void ask(SessionLimit limit, Promise<Boolean> answer) {
        waiting.add(new Waiting(limit, answer, null));
    }

    void giveBack(long now) {
        held = Math.max(0, held - 1);
        lateSince = lateSince == NOTHING ? now : lateSince;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    void refuseWaiting(Throwable cause) {
        List<Waiting> refused = List.copyOf(waiting);
        waiting.clear();
        refused.forEach(each -> each.answer().tryFail(cause));
    }

    /** Everything is given back at once, and nobody gets more. */
    void abandon(Throwable cause) {
        held = 0;
        roomyUntil = NOTHING;
        refuseWaiting(cause);
    }

    /** The operation to do now, if there is one; its end must be told by {@link #done}, {@link #withdrawn} or {@link
     * #failed}. */
    Optional<Round> next(long now) {
        takePlaces(now);
        boolean differs = recorded != held && !postponed && !isLate(now);
        boolean isDue = waiting.stream().anyMatch(each -> each.isDue(now));
        if (busy || !(isDue || differs)) {
            return Optional.empty();
        }
        SessionLimit common =
                waiting.isEmpty() ? SessionLimit.NONE : waiting.peek().limit();
        asked = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().limit().equals(common)) {
            asked.add(waiting.remove());
        }
        limit = asked.isEmpty() ? limit : common;
        busy = true;
        rounds++;
        sent = held;
        sentAt = now;
        lateSince = NOTHING;
        return Optional.of(new Round(held, asked.size(), common));
    }

    /** Those who wait take the places of sessions that have ended and are still recorded, if their start needs no count. */
    private void takePlaces(long now) {
        while (!busy
                && recorded > held
                && now < roomyUntil
                && !waiting.isEmpty()
                && waiting.peek().limit().equals(limit)
                && limit.perSecond() == SessionLimit.UNLIMITED) {
            held++;
            lateSince = recorded == held ? NOTHING : lateSince;
            waiting.remove().answer().tryComplete(true);
        }
    }

    /** Whether what has ended is told later. */
    private boolean isLate(long now) {
        return recorded > held && lateSince != NOTHING && now - lateSince < LATE && now < roomyUntil;
    }

    /** Whether {@link #next} may have something to do a moment later. */
    boolean isPending() {
        return !busy && (!waiting.isEmpty() || (recorded != held && !postponed));
    }

    /** The operation was done. */
    void done(Standing standing, long now) {
        List<Waiting> answered = asked;
        asked = List.of();
        int granted = answered.isEmpty() ? 0 : standing.sessions();
        busy = false;
        postponed = false;
        recorded = sent + granted;
        held += granted;
        trust(standing.isRoomy(), sentAt);
        List<Waiting> refused = new ArrayList<>();
        for (int i = answered.size() - 1; i >= granted; i--) {
            Waiting each = answered.get(i);
            if (standing.isFinal() || each.wasAskedAgain(sentAt)) {
                refused.add(each);
            } else {
                waiting.addFirst(each.refusedOnce(now));
            }
        }
        answered.subList(0, granted).forEach(each -> each.answer().complete(true));
        refused.forEach(each -> each.answer().complete(false));
    }

    private void trust(boolean isRoomy, long asOf) {
        roomyUntil = isRoomy ? asOf + SessionCounter.TRUST : NOTHING;
    }

    /** The operation has granted so many, but they may not be given out: they are recorded as given back by the next. */
    void withdrawn(int granted, Throwable cause) {
        busy = false;
        postponed = false;
        recorded = sent + granted;
        failAsked(cause);
    }

    /** The operation failed: whether it was executed nobody knows. It is not repeated before the next {@link #retry}. */
    void failed(Throwable cause) {
        busy = false;
        postponed = true;
        recorded = UNKNOWN;
        roomyUntil = NOTHING;
        failAsked(cause);
    }

    private void failAsked(Throwable cause) {
        List<Waiting> answered = asked;
        asked = List.of();
        answered.forEach(each -> each.answer().fail(cause));
    }

    void retry() {
        postponed = false;
    }

    /** What the map says is not known any more. */
    void doubt() {
        recorded = UNKNOWN;
        roomyUntil = NOTHING;
    }

    /**
     * Compares with what the map was found to say, so that a share that was lost there is recorded anew. A finding that an
     * operation may have overtaken says nothing and is ignored.
     *
     * @param asOf {@link #rounds} when the map was asked
     * @param askedAt the time of that
     */
    void found(Standing inMap, int asOf, long askedAt) {
        if (!busy && rounds == asOf) {
            recorded = inMap.sessions();
            trust(inMap.isRoomy(), askedAt);
        }
    }

    /** How many operations were begun. */
    int rounds() {
        return rounds;
    }

    boolean busy() {
        return busy;
    }

    /** Whether the map holds a share of this node that needs its lease renewed; an operation under way renews it anyway. */
    boolean renewable() {
        return !busy && recorded > 0;
    }

    /** Nothing held, nothing recorded, nobody waiting: the desk can be forgotten. */
    boolean idle() {
        return !busy && held == 0 && recorded == 0 && waiting.isEmpty();
    }
}
