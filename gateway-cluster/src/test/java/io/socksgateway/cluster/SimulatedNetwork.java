package io.socksgateway.cluster;

import io.socksgateway.cluster.growth.VirtualTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes send each other. As with Hazelcast, a request to a member that does not answer waits until that one is
 * noticed to be gone, and is then done by the next owner of the entry, also if it was done already and only the answer got
 * lost.
 */
final class SimulatedNetwork {

    /** What messages are about. */
    enum Topic {
        SESSIONS,
        LEASES,
        SWEEPS,
        TRAFFIC,
        BANDWIDTH
    }

    /** Microseconds from one thread of a node to another. */
    private static final long LOCAL = 20;

    private static final long BACKUP_TIMEOUT = TimeUnit.MILLISECONDS.toMicros(HazelcastSettings.BACKUP_TIMEOUT);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toMicros(SureAnswers.PAUSE);

    private static final long[] NOT_YET = {0};

    private final VirtualTime time;
    private final SplittableRandom random;
    private final long latencyMicros;
    private final Map<Topic, long[]> messages = new EnumMap<>(Topic.class);
    private List<Runnable> stuck = new ArrayList<>();

    SimulatedNetwork(VirtualTime time, SplittableRandom random, long latencyMicros) {
        this.time = time;
        this.random = random;
        this.latencyMicros = latencyMicros;
    }

    /**
     * A request to the owner of something.
     *
     * @param backup who gets a copy of what is changed, or null
     * @param copies messages to a backup
     * @param owned whether the owner is still the owner
     * @param again what to do if it is not, or is gone
     * @param unsure what to do if a backup has not acknowledged it, or null if that does not matter
     */
    record Request<R>(
            Topic topic,
            SimulatedNode from,
            SimulatedNode owner,
            @Nullable SimulatedNode backup,
            int copies,
            BooleanSupplier owned,
            Supplier<R> work,
            Consumer<R> answer,
            Runnable again,
            @Nullable Runnable unsure) {}

    <R> void send(Request<R> request) {
        SimulatedNode from = request.from();
        if (from.isDead()) {
            return;
        }
        count(request.topic(), from, request.owner());
        if (!reachable(from, request.owner())) {
            stuck.add(() -> from.execute(request.again()));
        } else {
            time.after(delay(from, request.owner()), () -> arrived(request));
        }
    }

    private <R> void arrived(Request<R> request) {
        SimulatedNode owner = request.owner();
        if (!owner.isUp()) {
            stuck.add(() -> request.from().execute(request.again()));
            return;
        }
        if (!request.owned().getAsBoolean()) {
            request.from().execute(request.again());
            return;
        }
        R result = request.work().get();
        owner.worked();
        long delay = delay(owner, request.from());
        SimulatedNode backup = request.backup();
        if (backup != null && request.copies() > 0) {
            for (int i = 0; i < request.copies(); i++) {
                count(request.topic(), owner, backup);
                count(request.topic(), backup, request.from());
            }
            boolean acknowledged = reachable(owner, backup);
            delay += acknowledged ? latency() : BACKUP_TIMEOUT;
            if (!acknowledged && request.unsure() != null) {
                request.from().after(delay + PAUSE, request.unsure());
                return;
            }
        }
        count(request.topic(), owner, request.from());
        time.after(delay, () -> answered(request, result));
    }

    private <R> void answered(Request<R> request, R result) {
        SimulatedNode from = request.from();
        if (from.isFrozen() || reachable(request.owner(), from)) {
            from.execute(() -> request.answer().accept(result));
        } else if (!from.isDead()) {
            stuck.add(() -> from.execute(request.again()));
        }
    }

    /** To be called when the nodes see each other differently than before. */
    void changed() {
        List<Runnable> waiting = stuck;
        stuck = new ArrayList<>();
        waiting.forEach(Runnable::run);
    }

    private static boolean reachable(SimulatedNode from, SimulatedNode to) {
        return to.isUp() && from.side() == to.side();
    }

    private long delay(SimulatedNode from, SimulatedNode to) {
        return from == to ? LOCAL : latency();
    }

    private long latency() {
        return latencyMicros + (long) (-Math.log(1 - random.nextDouble()) * latencyMicros);
    }

    private void count(Topic topic, SimulatedNode from, SimulatedNode to) {
        if (from != to) {
            messages.computeIfAbsent(topic, first -> new long[1])[0]++;
            from.sentOrReceived();
            to.sentOrReceived();
        }
    }

    /** Messages so far. */
    long messages(Topic topic) {
        return messages.getOrDefault(topic, NOT_YET)[0];
    }
}
