package io.socksgateway.core.tcp;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * In front of a TLS handler: keeps it from reading on its own.
 *
 * <p>The TLS handler asks for more whenever a read has completed no record, also while {@code autoRead} is off: that would
 * be a read that {@link io.socksgateway.core.net.PausableReads} refuses, again and again. And what follows the client's
 * close_notify, it keeps for ever.
 *
 * <p>Confined to its event loop.
 */
final class EncryptedReads extends ChannelDuplexHandler {

    private final SslHandler tls;

    EncryptedReads(SslHandler tls) {
        this.tls = tls;
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (tls.sslCloseFuture().isDone()) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }
}
