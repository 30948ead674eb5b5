package io.socksgateway.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Passes on to an event loop who joins and leaves the cluster, and that it has merged with another.
 *
 * <p>Thread-safe.
 */
final class MemberWatch implements MembershipListener {

    private final HazelcastInstance hazelcast;
    private final Executor loop;
    private final Consumer<UUID> joined;
    private final Consumer<UUID> left;
    private final UUID membership;
    private final UUID lifecycle;

    MemberWatch(
            HazelcastInstance hazelcast, Executor loop, Consumer<UUID> joined, Consumer<UUID> left, Runnable merged) {
        this.hazelcast = hazelcast;
        this.loop = loop;
        this.joined = joined;
        this.left = left;
        this.membership = hazelcast.getCluster().addMembershipListener(this);
        this.lifecycle = hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                loop.execute(merged);
            }
        });
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        UUID member = event.getMember().getUuid();
        loop.execute(() -> joined.accept(member));
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        UUID member = event.getMember().getUuid();
        loop.execute(() -> left.accept(member));
    }

    void close() {
        if (hazelcast.getLifecycleService().isRunning()) {
            hazelcast.getCluster().removeMembershipListener(membership);
            hazelcast.getLifecycleService().removeLifecycleListener(lifecycle);
        }
    }
}
