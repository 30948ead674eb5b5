package io.socksgateway.testkit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.bus.OpenSession;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.net.EpollConnector;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.net.NettyConnector;
import io.socksgateway.core.net.dns.DnsNames;
import io.socksgateway.core.net.dns.LookupShares;
import io.socksgateway.core.rules.Destinations;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.tcp.ServerTls;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;

/** How a {@link CoreGateway} finds and reaches its targets. */
final class TestNetwork {

    /** Allows everything, internal addresses too. */
    static final Rule ALL = new Rule(
            "all",
            true,
            Set.of(),
            Set.of(),
            List.of(),
            Set.of(),
            new Destinations(Destinations.ANY.names(), List.of(), true),
            List.of());

    private static final int LOOKUPS = 1_024;

    private TestNetwork() {}

    /**
     * Connects as the gateway does.
     *
     * @param sendBuffers size of the buffers that both sockets of each tunnel send from, or 0 for the system's
     */
    static Connector connector(Vertx vertx, boolean epoll, EgressAddresses egress, int sendBuffers) {
        Connector connector = epoll
                ? new EpollConnector(egress)
                : new NettyConnector(((VertxInternal) vertx).transport().channelFactory(false), egress);
        if (sendBuffers == 0) {
            return connector;
        }
        vertx.eventBus().<Object>addInboundInterceptor(delivery -> {
            if (delivery.body() instanceof OpenSession open) {
                open.client().config().setOption(ChannelOption.SO_SNDBUF, sendBuffers);
            }
            delivery.next();
        });
        return (loop, remote) -> connector
                .connect(loop, remote)
                .addListener((io.netty.util.concurrent.Future<Channel> connected) -> {
                    if (connected.isSuccess()) {
                        connected.getNow().config().setOption(ChannelOption.SO_SNDBUF, sendBuffers);
                    }
                });
    }

    /** Looks names up as the gateway itself does, without a cache; with Vert.x if there are no servers. */
    static NameLookup names(Vertx vertx, AddressFamily family, List<InetSocketAddress> servers) {
        if (!servers.isEmpty()) {
            return CoreGateway.await(DnsNames.open(vertx, servers, family, 0, new LookupShares(LOOKUPS)));
        }
        return (loop, name, port) -> ((VertxInternal) vertx)
                .nameResolver()
                .nettyAddressResolverGroup()
                .getResolver(loop)
                .resolveAll(InetSocketAddress.createUnresolved(name, port));
    }

    static Map<String, ServerTls> tls(ListenerConfig listener) {
        try {
            return ServerTls.of(List.of(listener));
        } catch (SSLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
