package io.socksgateway.core.store;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.Supply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A local store whose time the test sets, whose answers it can hold back, and which it can break. */
final class FakeStore implements QuotaStore {

    long now = 1_700_000_000_000L;
    /** What the clock has been set forward by. */
    long set;

    int asks;

    @Nullable
    RuntimeException broken;
    /** Whether an ask is done though it fails. */
    boolean doesIt;

    private boolean holding;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final LocalQuotaStore store = new LocalQuotaStore(() -> now + set, () -> now, UsageLog.NOWHERE);

    @Override
    public Future<Boolean> acquire(String counter, SessionLimit limit) {
        return store.acquire(counter, limit);
    }

    @Override
    public void release(String counter) {
        store.release(counter);
    }

    @Override
    public Future<Answer> reserve(String counter, Ask ask, Supply supply) {
        asks++;
        if (broken != null) {
            return doesIt
                    ? store.reserve(counter, ask, supply).transform(done -> Future.failedFuture(broken))
                    : Future.failedFuture(broken);
        }
        Future<Answer> answer = store.reserve(counter, ask, supply);
        if (!holding) {
            return answer;
        }
        Promise<Answer> late = Promise.promise();
        held.add(() -> late.handle(answer));
        return late.future();
    }

    void hold() {
        holding = true;
    }

    /** Gives all the answers that were held back, and those to come at once. */
    void go() {
        holding = false;
        while (!held.isEmpty()) {
            held.poll().run();
        }
    }

    @Override
    public long now() {
        return now + set;
    }

    @Override
    public Future<Void> close() {
        return store.close();
    }
}
