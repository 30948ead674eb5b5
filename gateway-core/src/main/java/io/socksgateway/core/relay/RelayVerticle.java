package io.socksgateway.core.relay;

import io.netty.channel.EventLoop;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.LoopBound;
import io.socksgateway.core.session.EndReason;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes negotiated sessions over: dials, answers the client, relays, and reports the end. One instance serves one event
 * loop, under the address of that loop; both sockets of a session live there.
 */
public final class RelayVerticle extends VerticleBase implements LoopBound {

    private final GatewayBus bus;
    private final RelayServices services;
    private final Set<RelaySession> sessions = new HashSet<>();

    public RelayVerticle(GatewayBus bus, RelayServices services) {
        this.bus = bus;
        this.services = services;
    }

    @Override
    public Future<?> start() {
        EventLoop loop = loop();
        DeadlineWheel wheel = new DeadlineWheel(loop);
        return bus.<OpenSession, Void>answer(BusAddresses.open(loopName(loop)), open -> {
                    RelaySession session = new RelaySession(services, open, loop, wheel, sessions::remove);
                    sessions.add(session);
                    session.start();
                    return Future.succeededFuture();
                })
                .completion();
    }

    @Override
    public EventLoop loop() {
        return ((ContextInternal) context).nettyEventLoop();
    }

    @Override
    public Future<?> stop() {
        new ArrayList<>(sessions).forEach(session -> session.end(EndReason.DRAINED));
        return Future.succeededFuture();
    }

    /** The name of an event loop in bus addresses. */
    public static String loopName(EventLoop loop) {
        return Integer.toHexString(System.identityHashCode(loop));
    }
}
