package io.socksgateway.deploy;

import io.socksgateway.core.bus.NodeStatus;
import io.socksgateway.core.bus.NodesClient;
import io.socksgateway.deploy.admin.Readiness;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells the other nodes how this one is. */
final class NodeStatusVerticle extends VerticleBase {

    private final Gateway gateway;
    private final Readiness readiness;
    private final LongSupplier members;
    private final long started = System.nanoTime();

    /**
     * @param members how many nodes this one sees
     */
    NodeStatusVerticle(Gateway gateway, Readiness readiness, LongSupplier members) {
        this.gateway = gateway;
        this.readiness = readiness;
        this.members = members;
    }

    @Override
    public Future<?> start() {
        return NodesClient.answer(gateway.parts().cluster(), this::status);
    }

    NodeStatus status() {
        Gateway.Parts parts = gateway.parts();
        return new NodeStatus(
                parts.cluster().name(),
                Version.number(),
                Runtime.version().toString(),
                readiness.state().toString(),
                parts.capacity().sessions(),
                parts.limits().sessions(),
                parts.capacity().negotiating(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
                members.getAsLong(),
                gateway.minimumMembers());
    }
}
