package io.socksgateway.cluster;

import io.socksgateway.core.quota.SessionLimit;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What this node holds of one counter, and who is waiting for more of it.
 *
 * <p>At most one operation on the counter is under way; meanwhile askers queue, and the next operation asks for all of
 * them. Each operation says how many sessions the node really holds and how many more it would like, never "one more" or
 * "one less". So an operation that is executed twice, or fails without anybody knowing whether it was executed, does no
 * harm: the next one sets it right. And as what is granted is only added to {@code held} by the answer to the one operation
 * under way, and releases only lower it, the map never says less than the node holds.
 *
 * <p>No I/O in here. Confined to its event loop; asking from within an answer is allowed.
 */
final class CounterDesk {

    private static final int UNKNOWN = -1;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private List<Waiting> asked = List.of();
    private int held;
    private int recorded;
    private int sent;
    private int rounds;
    private boolean busy;
    private boolean postponed;

    private record Waiting(SessionLimit limit, Promise<Boolean> answer) {}

    /**
     * One operation to be done on the counter.
     *
     * @param held what the node holds
     * @param wanted how many more are asked for, 0 to only record what it holds
     */
    record Round(int held, int wanted, SessionLimit limit) {}

    void ask(SessionLimit limit, Promise<Boolean> answer) {
        waiting.add(new Waiting(limit, answer));
    }

    void giveBack() {
        held = Math.max(0, held - 1);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    void refuseWaiting(Throwable cause) {
        List<Waiting> refused = List.copyOf(waiting);
        waiting.clear();
        refused.forEach(each -> each.answer().tryFail(cause));
    }

    /** Everything is given back, and nobody gets more. */
    void abandon(Throwable cause) {
        held = 0;
        refuseWaiting(cause);
    }

    /** The operation to do now, if there is one; its end must be told by {@link #done}, {@link #withdrawn} or {@link
     * #failed}. */
    Optional<Round> next() {
        boolean differs = recorded != held && !postponed;
        if (busy || (waiting.isEmpty() && !differs)) {
            return Optional.empty();
        }
        SessionLimit limit =
                waiting.isEmpty() ? SessionLimit.NONE : waiting.peek().limit();
        asked = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().limit().equals(limit)) {
            asked.add(waiting.remove());
        }
        busy = true;
        rounds++;
        sent = held;
        return Optional.of(new Round(held, asked.size(), limit));
    }

    /** The operation has granted so many of the wanted. */
    void done(int granted) {
        busy = false;
        postponed = false;
        recorded = sent + granted;
        held += granted;
        List<Waiting> answered = asked;
        asked = List.of();
        for (int i = 0; i < answered.size(); i++) {
            answered.get(i).answer().complete(i < granted);
        }
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
    }

    /**
     * Compares with what the map was found to say, so that a share that was lost there is recorded anew. A finding that an
     * operation may have overtaken says nothing and is ignored.
     *
     * @param asOf {@link #rounds} when the map was asked
     */
    void found(int heldInMap, int asOf) {
        if (!busy && rounds == asOf && heldInMap != recorded) {
            recorded = heldInMap;
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
