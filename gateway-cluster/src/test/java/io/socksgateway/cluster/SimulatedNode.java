package io.socksgateway.cluster;

import io.socksgateway.cluster.growth.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One node: what it runs happens only while it is up, and is made up for when it has stood still. */
final class SimulatedNode implements Executor {

    private final int index;
    private final VirtualTime time;
    private final List<Runnable> missed = new ArrayList<>();
    private UUID member;
    private int rejoined;
    private @Nullable SimulatedPart part;
    private int side;
    private boolean dead;
    private boolean frozen;
    private long messages;
    private long operations;

    SimulatedNode(int index, VirtualTime time) {
        this.index = index;
        this.time = time;
        this.member = new UUID(index, 0);
    }

    int index() {
        return index;
    }

    /** Its name in the cluster. */
    UUID member() {
        return member;
    }

    /** Members come back under another name. */
    void rejoin(SimulatedPart joined) {
        part = joined;
        member = new UUID(index, ++rejoined);
    }

    /** The cluster that it believes to be in. */
    SimulatedPart part() {
        return Objects.requireNonNull(part);
    }

    void see(SimulatedPart seen) {
        part = seen;
    }

    /** On which side of a cut it is. */
    int side() {
        return side;
    }

    void side(int to) {
        side = to;
    }

    boolean isDead() {
        return dead;
    }

    boolean isFrozen() {
        return frozen;
    }

    boolean isUp() {
        return !dead && !frozen;
    }

    void kill() {
        dead = true;
        missed.clear();
    }

    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        List<Runnable> late = List.copyOf(missed);
        missed.clear();
        late.forEach(this::execute);
    }

    /** As from another thread: behind what is planned for this moment already. */
    @Override
    public void execute(Runnable task) {
        if (!dead) {
            time.after(0, () -> run(task));
        }
    }

    private void run(Runnable task) {
        if (frozen) {
            missed.add(task);
        } else if (!dead) {
            task.run();
        }
    }

    void after(long micros, Runnable task) {
        time.after(micros, () -> run(task));
    }

    /** The first time after {@code first} microseconds. */
    void every(long first, long micros, Runnable task) {
        after(first, () -> {
            every(micros, micros, task);
            task.run();
        });
    }

    void sentOrReceived() {
        messages++;
    }

    void worked() {
        operations++;
    }

    /** Messages that it has sent or received. */
    long messages() {
        return messages;
    }

    /** Requests that it has worked on as the owner of an entry. */
    long operations() {
        return operations;
    }
}
