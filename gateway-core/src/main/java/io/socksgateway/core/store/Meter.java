package io.socksgateway.core.store;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Reservation.Left;
import io.socksgateway.core.quota.Supply;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link Tank} of one counter filled from a store, as its {@link Plan} says, and settles what was moved. At most
 * one ask is under way.
 *
 * <p>When a period ends, what is left of it is thrown away; a moment later, when every session that has taken something
 * before has moved it or given it back, the next begins with an empty tank.
 *
 * <p>Confined to its event loop, but for the tank.
 */
final class Meter {

    /** Milliseconds for what was taken in one period not to be given back in the next. */
    private static final long SETTLING = 50;

    /** Milliseconds that clocks may be apart when a period begins, without anybody being told. */
    private static final long BEHIND = 3_000;

    private static final String LATER = "it is counted in a later period already: check the clocks of all nodes";

    private static final long NEVER = Long.MIN_VALUE;

    /**
     * Who asks, of whom, and for whom it runs.
     *
     * @param millis a clock that is never set, for all that takes a while
     * @param calendar milliseconds since 1970, for periods; never goes back
     */
    record Surroundings(
            QuotaStore store,
            UUID node,
            LongSupplier numbers,
            LongSupplier millis,
            LongSupplier calendar,
            Executor loop,
            BiConsumer<String, Throwable> report) {

        long now() {
            return millis.getAsLong();
        }
    }

    private final String counter;
    private final Surroundings around;
    private final Tank tank;
    private final Beginners beginners = new Beginners();
    private Plan plan;
    private @Nullable Supply supply;
    private @Nullable Promise<Void> closing;
    private boolean fresh = true;
    /** What the store has recorded is what it was told. */
    private boolean sure = true;

    private boolean busy;
    private boolean settling;
    /** The plan is a new one, and nothing was asked for under it. */
    private boolean handingOver;

    private long settledAt;
    /** Since when the counter has been in a later period than this node, or {@link #NEVER}. */
    private long behindSince = NEVER;

    /** Granted so far: what was moved and what is in the tank. */
    private long total;

    private long toldMoved;
    private long seenMoved;
    private int users;
    private long leftAt;

    Meter(String counter, Plan plan, Surroundings around) {
        this.counter = counter;
        this.plan = plan;
        this.around = around;
        this.tank = new Tank(() -> around.loop().execute(this::look));
        tank.low(plan.low());
    }

    Tank tank() {
        return tank;
    }

    void join() {
        users++;
    }

    void leave() {
        users--;
        leftAt = around.now();
    }

    /** Whether there is something to be moved, now or in a moment; fails if the store cannot tell. */
    Future<Boolean> begin() {
        if (tank.octets() > 0) {
            return Future.succeededFuture(true);
        }
        plan.lookAgain();
        tank.unlock();
        Future<Boolean> answer = beginners.add(around.now());
        look();
        return answer;
    }

    /** Goes on under another limit, for all sessions. What is held under the one of before is told and given back first. */
    void use(Plan other) {
        if (!plan.limit().equals(other.limit())) {
            plan = other;
            handingOver = true;
            tank.low(other.low());
            tank.unlock();
            look();
        }
    }

    /** Does what there is to do; to be called when somebody is thirsty, and every now and then. */
    void look() {
        long now = around.now();
        if (busy || !hasSupply(now)) {
            return;
        }
        if (users == 0) {
            beginners.answer(false); // who has left waits no more
        }
        tank.seen();
        long held = tank.octets();
        long moved = total - held;
        Plan.Gauge gauge = new Plan.Gauge(
                now,
                Math.max(0, held),
                Math.max(0, moved - seenMoved),
                sure ? moved - toldMoved : Math.max(1, moved - toldMoved),
                tank.isThirsty(),
                users == 0 ? 0 : tank.waiting() + beginners.count());
        seenMoved = moved;
        boolean giveBack = closing != null || (handingOver && !isSettled());
        handingOver = false;
        long wanted = giveBack ? 0 : plan.wanted(gauge);
        if (wanted != Plan.NOTHING) {
            ask(wanted);
        } else if (held > 0) {
            tank.serve(); // given back since it was asked for
            beginners.answer(true);
        }
    }

    /** False while one supply has ended and the next has not begun. */
    private boolean hasSupply(long now) {
        Supply current = plan.supply(around.calendar().getAsLong());
        if (supply == null) {
            supply = current;
        }
        if (current.continues(supply)) {
            supply = current;
            return true;
        }
        total -= tank.drain();
        if (!settling) {
            settling = true;
            settledAt = now + SETTLING;
        }
        if (now < settledAt) {
            return false;
        }
        settling = false;
        supply = current;
        fresh = true;
        total = 0;
        toldMoved = 0;
        seenMoved = 0;
        behindSince = NEVER;
        plan.restart();
        tank.unlock();
        return true;
    }

    private void ask(long wanted) {
        Supply from = supply;
        if (from == null) {
            return;
        }
        if (wanted == 0) {
            total -= tank.drain(); // nobody moves it any more
        }
        long held = tank.octets();
        long spent = fresh ? 0 : total - held;
        tank.quench();
        busy = true;
        sure = false;
        toldMoved = total - held;
        long holds = Math.max(0, held);
        Ask ask = new Ask(around.node(), around.numbers().getAsLong(), fresh, spent, holds, Math.max(wanted, holds));
        around.store().reserve(counter, ask, from).onComplete(result -> around.loop()
                .execute(() -> answered(result, held)));
    }

    private void answered(AsyncResult<Answer> result, long sentHeld) {
        busy = false;
        long now = around.now();
        Answer answer = result.result();
        if (answer == null) {
            failed(result.cause(), now);
        } else {
            if (answer.left() == Left.OVER) {
                sure = true; // there is nobody to be told
            } else {
                apply(answer, sentHeld);
            }
            if (!handingOver) { // else it says nothing of the limit of now
                follow(answer, sentHeld, now);
            }
        }
        if (closing != null && (answer == null || isSettled())) {
            closing.tryComplete();
        } else {
            look();
        }
    }

    private void follow(Answer answer, long sentHeld, long now) {
        plan.answered(answer, sentHeld, now);
        if (answer.left() == Left.OVER) {
            behind(now);
            return;
        }
        behindSince = NEVER;
        tank.low(plan.low());
        if (tank.octets() > 0) {
            beginners.answer(true);
        } else if (plan.isUsedUp()) {
            tank.usedUp();
            beginners.answer(false);
        } else if (answer.left() == Left.ELSEWHERE && beginners.areImpatient(now)) {
            plan.waitedInVain();
            beginners.refuseImpatient(now);
        }
    }

    /** Sessions that are open wait until the period begins here too; those that would begin are refused, with the reason. */
    private void behind(long now) {
        if (behindSince == NEVER) {
            behindSince = now;
        }
        if (now - behindSince >= BEHIND) {
            Throwable cause = new IllegalStateException(LATER);
            around.report().accept(counter, cause);
            beginners.fail(cause);
        }
    }

    private void apply(Answer answer, long sentHeld) {
        if (fresh) {
            fresh = false;
            total = answer.spent() + sentHeld;
            toldMoved = answer.spent();
            seenMoved = answer.spent();
        }
        sure = true;
        long more = answer.held() - sentHeld;
        total += more;
        tank.fill(more);
    }

    private void failed(Throwable cause, long now) {
        around.report().accept(counter, cause);
        plan.failed(now);
        beginners.fail(cause);
    }

    /** Nobody uses it, and everything is told and given back. */
    boolean isDisposable() {
        return users == 0 && !busy && beginners.count() == 0 && isSettled() && around.now() - leftAt > plan.kept();
    }

    private boolean isSettled() {
        return sure && tank.octets() == 0 && (fresh || total == toldMoved);
    }

    /** Gives everything back. */
    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        closing = closed;
        if (busy) {
            return closed.future();
        }
        if (isSettled()) {
            closed.complete();
        } else {
            look();
        }
        return closed.future();
    }
}
