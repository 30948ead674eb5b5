package io.socksgateway.udp;

import io.netty.channel.EventLoop;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.net.LoopBound;
import io.socksgateway.core.net.OnContext;
import io.socksgateway.core.relay.RelayVerticle;
import io.socksgateway.core.session.EndReason;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes sessions of UDP ASSOCIATE over: opens the relay socket, answers the client, relays datagrams, and reports the end.
 * One instance serves one event loop, under the address of that loop; all sockets of an association live there.
 */
public final class UdpAssociationVerticle extends VerticleBase implements LoopBound {

    private final GatewayBus bus;
    private UdpServices services;
    private final Set<Association> associations = new HashSet<>();
    private @Nullable LoopResources resources;

    public UdpAssociationVerticle(GatewayBus bus, UdpServices services) {
        this.bus = bus;
        this.services = services;
    }

    @Override
    public Future<?> start() {
        EventLoop loop = loop();
        LoopResources shared = LoopResources.of(loop);
        resources = shared;
        String address = BusAddresses.associate(RelayVerticle.loopName(loop));
        return bus.<OpenSession, Void>answer(address, open -> {
                    Association association = new Association(services, open, shared, associations::remove);
                    associations.add(association);
                    association.start();
                    return Future.succeededFuture();
                })
                .completion();
    }

    /**
     * Lets the associations that come from now on work with other services; those that are open keep theirs.
     *
     * @return succeeds when it is so
     */
    public Future<Void> use(UdpServices others) {
        return OnContext.run(context, () -> services = others);
    }

    @Override
    public EventLoop loop() {
        return ((ContextInternal) context).nettyEventLoop();
    }

    @Override
    public Future<?> stop() {
        new ArrayList<>(associations).forEach(association -> association.endNow(EndReason.DRAINED));
        if (resources != null) {
            resources.slab().release();
        }
        return Future.succeededFuture();
    }
}
