package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Replies in the dialect of the request that they answer. */
public final class Replies {

    private Replies() {}

    /** Appends a refusal or failure: the reply without an address. */
    public static void encode(SocksVersion version, Reply reply, ByteBuf out) {
        if (version == SocksVersion.SOCKS5) {
            Socks5RequestCodec.encodeReply(reply, out);
        } else {
            Socks4Codec.encodeReply(reply, out);
        }
    }

    /** Appends a reply with the address that the gateway has bound for the request, or the peer it has accepted. */
    public static void encode(SocksVersion version, Reply reply, InetSocketAddress bound, ByteBuf out) {
        if (version == SocksVersion.SOCKS5) {
            Socks5RequestCodec.encodeReply(reply, bound.getAddress(), bound.getPort(), out);
        } else {
            Socks4Codec.encodeReply(reply, bound.getAddress(), bound.getPort(), out);
        }
    }
}
