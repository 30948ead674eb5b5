package io.socksgateway.core.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The sessions that wait to hear whether there is something for them to move.
 *
 * <p>Confined to its event loop.
 */
final class Beginners {

    /** Milliseconds that a session may have to wait for its first octet before it is refused. */
    private static final long PATIENCE = 3_000;

    private final List<Beginner> waiting = new ArrayList<>();

    private record Beginner(Promise<Boolean> answer, long since) {
        boolean isImpatient(long now) {
            return now - since >= PATIENCE;
        }
    }

    Future<Boolean> add(long now) {
        Promise<Boolean> answer = Promise.promise();
        waiting.add(new Beginner(answer, now));
        return answer.future();
    }

    int count() {
        return waiting.size();
    }

    void answer(boolean some) {
        take(each -> true).forEach(each -> each.answer().complete(some));
    }

    void fail(Throwable cause) {
        take(each -> true).forEach(each -> each.answer().fail(cause));
    }

    /** Whether there are some that have waited for too long. */
    boolean areImpatient(long now) {
        return waiting.stream().anyMatch(each -> each.isImpatient(now));
    }

    /** Refuses those that have waited for too long. */
    void refuseImpatient(long now) {
        take(each -> each.isImpatient(now)).forEach(each -> each.answer().complete(false));
    }

    /** An answer may bring another beginner. */
    private List<Beginner> take(Predicate<Beginner> chosen) {
        List<Beginner> taken = waiting.stream().filter(chosen).toList();
        waiting.removeAll(taken);
        return taken;
    }
}
