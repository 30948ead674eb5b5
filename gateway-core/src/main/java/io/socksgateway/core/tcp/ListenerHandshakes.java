package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.config.PluginMethod;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.session.ExchangeLimits;
import io.socksgateway.core.session.HandshakePolicy;
import io.socksgateway.core.session.Socks4Login;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.Method;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all handshakes of one listener share.
 *
 * <p>Thread-safe.
 *
 * @param tls null for SOCKS over plain TCP
 * @param proxyProtocol whether a connection begins with a PROXY header
 */
record ListenerHandshakes(
        String listener,
        HandshakePolicy policy,
        @Nullable ServerTls tls,
        boolean proxyProtocol,
        HandshakeServices services,
        RefusalLog refusals) {

    static ListenerHandshakes of(ListenerConfig listener, HandshakeServices services) {
        return new ListenerHandshakes(
                listener.name(),
                policy(listener),
                services.tls().get(listener.name()),
                listener.proxyProtocol(),
                services,
                new RefusalLog(System::nanoTime));
    }

    private static HandshakePolicy policy(ListenerConfig listener) {
        List<Integer> methods = new ArrayList<>();
        Map<Integer, ExchangeLimits> exchanges = new HashMap<>();
        Socks4Login socks4 = Socks4Login.IMPOSSIBLE;
        for (String method : listener.auth()) {
            boolean first = socks4 == Socks4Login.IMPOSSIBLE;
            switch (method) {
                case ListenerConfig.NONE -> {
                    methods.add(Method.NONE);
                    socks4 = first ? Socks4Login.ANONYMOUS : socks4;
                }
                case ListenerConfig.IDENTD -> socks4 = first ? Socks4Login.IDENTD : socks4;
                case ListenerConfig.GSSAPI -> methods.add(Method.GSSAPI);
                case ListenerConfig.USERPASS -> methods.add(Method.USERPASS);
                default -> {
                    PluginMethod plugin = plugin(listener, method);
                    methods.add(plugin.code());
                    exchanges.put(plugin.code(), new ExchangeLimits(plugin.maxOctets(), plugin.maxRounds()));
                }
            }
        }
        return new HandshakePolicy(listener.protocols(), methods, socks4, EnumSet.allOf(Command.class), exchanges);
    }

    private static PluginMethod plugin(ListenerConfig listener, String name) {
        return listener.methods().stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("auth: " + name));
    }

    /** Fills the pipeline of a client's channel, which does not read yet, in the order in which things come. */
    void begin(Channel client, ContextInternal context, DeadlineWheel wheel, Place place) {
        ClientConnection connection = new ClientConnection(this, client, context, wheel, place);
        if (proxyProtocol) {
            client.pipeline().addLast(new ProxyPreface(connection));
        }
        if (tls != null) {
            tls.addTo(client);
        }
        client.pipeline().addLast(connection);
    }
}
