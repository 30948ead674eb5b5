package io.socksgateway.core.net.dns;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;

/**
 * Puts single questions to name servers, on one event loop: with EDNS, or without it for servers that do not know it
 * (RFC 6891 section 6.2.2). Confined to its event loop.
 */
final class Questioner {

    private final DnsNameResolver extended;
    private final DnsNameResolver plain;

    Questioner(DnsNameResolverBuilder resolvers, EventLoop loop) {
        this.extended = resolvers.copy().eventLoop(loop).build();
        this.plain = resolvers.copy().eventLoop(loop).optResourceEnabled(false).build();
    }

    /** The response, to be released; or a failure if there is none in time. */
    Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> ask(
            InetSocketAddress server, DnsQuestion question, boolean edns) {
        return (edns ? extended : plain).query(server, question);
    }
}
