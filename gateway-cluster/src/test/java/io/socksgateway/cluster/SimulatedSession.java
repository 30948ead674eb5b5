package io.socksgateway.cluster;

import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.store.Meters;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One session. Octets come down to it at a constant pace; what it may not have yet waits at the target. */
final class SimulatedSession implements Runnable {

    /** What a sender has under way at most until it waits, as a socket's buffers do. */
    private static final long BACKLOG = 1 << 20;

    private final SimulatedClients clients;
    private final int subject;
    private final Meters.@Nullable Claim claim;
    private final Allowance allowance;
    private final LongConsumer moved;
    private long backlog;
    private boolean waiting;
    private boolean ended;
    /** Where its node lists it. */
    private int place;

    SimulatedSession(SimulatedClients clients, int subject, Meters.@Nullable Claim claim, LongConsumer moved) {
        this.clients = clients;
        this.subject = subject;
        this.claim = claim;
        this.allowance = claim == null ? Allowance.unlimited() : claim.allowance();
        this.moved = moved;
    }

    int subject() {
        return subject;
    }

    int place() {
        return place;
    }

    void place(int at) {
        place = at;
    }

    boolean isMetered() {
        return claim != null;
    }

    /** So many octets have arrived. */
    void arrived(long octets) {
        backlog = Math.min(BACKLOG, backlog + octets);
        if (!waiting) {
            move();
        }
    }

    private void move() {
        while (backlog > 0 && !ended) {
            int wanted = (int) backlog;
            int taken = allowance.take(Direction.DOWN, wanted);
            backlog -= taken;
            moved.accept(taken);
            if (taken < wanted) {
                if (allowance.usedUp(Direction.DOWN) != null) {
                    clients.cut(this);
                    return;
                }
                waiting = true;
                allowance.await(Direction.DOWN, () -> clients.node().execute(this::called));
                return;
            }
        }
    }

    private void called() {
        waiting = false;
        move();
    }

    /** Its time is over. */
    @Override
    public void run() {
        clients.end(this);
    }

    /** False if it has ended before. */
    boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        if (claim != null) {
            claim.close();
        }
        return true;
    }
}
