package io.socksgateway.auth;

import io.socksgateway.core.quota.LoginSubject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The logins that nobody has decided on yet: at most so many of each who is watched, so that no more can be guessed at once
 * than one after the other. The others wait for their turn, first come, first served.
 *
 * <p>Confined to its event loop.
 */
final class UndecidedLogins {

    private final ToIntFunction<String> most;
    private final Executor later;
    private final Map<String, Queue> queues = new HashMap<>();

    private static final class Queue {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int undecided;
    }

    private record Waiting(LoginSubject who, Runnable turn) {}

    /**
     * @param most how many of a key, 1 or more; may change at any time
     * @param later runs the turns of those who have waited, each on its own: a chain of them would be as deep as it is long
     */
    UndecidedLogins(ToIntFunction<String> most, Executor later) {
        this.most = most;
        this.later = later;
    }

    /** Takes a turn; it ends with {@link #decided}. False if it is not free, and {@link #await} is needed. */
    boolean enter(LoginSubject who) {
        if (full(who) != null) {
            return false;
        }
        who.keys().forEach(key -> queues.computeIfAbsent(key, same -> new Queue()).undecided++);
        return true;
    }

    /** Runs the turn when others have been decided; it ends with {@link #decided}. */
    void await(LoginSubject who, Runnable turn) {
        Queue full = full(who);
        if (full != null) {
            full.waiting.add(new Waiting(who, turn));
        } else if (enter(who)) {
            later.execute(turn);
        }
    }

    private @Nullable Queue full(LoginSubject who) {
        for (String key : who.keys()) {
            Queue queue = queues.get(key);
            if (queue != null && queue.undecided >= most.applyAsInt(key)) {
                return queue;
            }
        }
        return null;
    }

    void decided(LoginSubject who) {
        for (String key : who.keys()) {
            Queue queue = queues.get(key);
            if (queue != null) {
                queue.undecided--;
            }
        }
        who.keys().forEach(this::advance);
    }

    private void advance(String key) {
        Queue queue = queues.get(key);
        while (queue != null && queue.undecided < most.applyAsInt(key) && !queue.waiting.isEmpty()) {
            Waiting next = queue.waiting.remove();
            await(next.who, next.turn);
        }
        if (queue != null && queue.undecided == 0 && queue.waiting.isEmpty()) {
            queues.remove(key);
        }
    }

    /** How many are watched that have undecided logins. */
    int size() {
        return queues.size();
    }
}
