package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.wire.UdpHeader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names that an association has to do with, the one that was not used for the longest time first.
 *
 * <p>Confined to its event loop.
 */
final class NamedTargets {

    private static final int LIMIT = 256;

    private final Routes routes;
    private final NameKey probe = NameKey.probe();
    private final Map<NameKey, NamedTarget> names = new LinkedHashMap<>(4, 0.75f, true);

    NamedTargets(Routes routes) {
        this.routes = routes;
    }

    /**
     * The target of the header that was decoded last.
     *
     * @return null if the name is none that could be resolved
     */
    @Nullable
    NamedTarget find(UdpHeader header, ByteBuf datagram) {
        NamedTarget known = names.get(probe.set(header, datagram));
        return known == null ? add(header, datagram) : known;
    }

    private @Nullable NamedTarget add(UdpHeader header, ByteBuf datagram) {
        Optional<Host> host = header.host(datagram);
        if (host.isEmpty()) {
            return null;
        }
        if (names.size() == LIMIT) {
            Iterator<NamedTarget> eldest = names.values().iterator();
            eldest.next().forget();
            eldest.remove();
        }
        NamedTarget added = new NamedTarget(routes, new Endpoint(host.get(), header.port()));
        names.put(probe.copy(), added);
        return added;
    }

    /** Lets each be judged again. */
    void forgetVerdicts() {
        names.values().forEach(NamedTarget::forgetVerdict);
    }

    void forgetAll() {
        names.values().forEach(NamedTarget::forget);
        names.clear();
    }
}
