package io.socksgateway.core.relay;

import io.netty.channel.EventLoop;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.LoopBound;
import io.socksgateway.core.net.OnContext;
import io.socksgateway.core.relay.tunnel.PathCounts;
import io.socksgateway.core.relay.tunnel.Tunnels;
import io.socksgateway.core.session.EndReason;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes negotiated sessions over: dials, answers the client, relays, and reports the end. One instance serves one event
 * loop, under the address of that loop; both sockets of a session live there.
 */
public final class RelayVerticle extends VerticleBase implements LoopBound {

    private final GatewayBus bus;
    private RelayServices services;
    private final Set<RelaySession> sessions = new HashSet<>();
    private @Nullable Tunnels tunnels;

    public RelayVerticle(GatewayBus bus, RelayServices services) {
        this.bus = bus;
        this.services = services;
    }

    @Override
    public Future<?> start() {
        EventLoop loop = loop();
        DeadlineWheel wheel = new DeadlineWheel(loop);
        Tunnels shared = new Tunnels(
                services.path(),
                wheel,
                services.timeouts().idle(),
                services.timeouts().halfClosed());
        tunnels = shared;
        return bus.<OpenSession, Void>answer(BusAddresses.open(loopName(loop)), open -> {
                    RelaySession session = new RelaySession(services, open, loop, wheel, shared, sessions::remove);
                    sessions.add(session);
                    session.start();
                    return Future.succeededFuture();
                })
                .completion();
    }

    /** What the tunnels of this loop have moved; to be asked once the verticle is deployed. */
    public PathCounts counts() {
        return Objects.requireNonNull(tunnels, "not deployed").counts();
    }

    /**
     * Lets the sessions that come from now on work with other services; those that are open keep theirs.
     *
     * @return succeeds when it is so
     */
    public Future<Void> use(RelayServices others) {
        return OnContext.run(context, () -> {
            services = others;
            if (tunnels != null) {
                tunnels.limits(others.timeouts().idle(), others.timeouts().halfClosed());
            }
        });
    }

    @Override
    public EventLoop loop() {
        return ((ContextInternal) context).nettyEventLoop();
    }

    @Override
    public Future<?> stop() {
        new ArrayList<>(sessions).forEach(session -> session.endNow(EndReason.DRAINED));
        if (tunnels != null) {
            tunnels.close();
        }
        return Future.succeededFuture();
    }

    /** The name of an event loop in bus addresses. */
    public static String loopName(EventLoop loop) {
        return Integer.toHexString(System.identityHashCode(loop));
    }
}
