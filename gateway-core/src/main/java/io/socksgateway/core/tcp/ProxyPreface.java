package io.socksgateway.core.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.wire.Decoded;
import io.socksgateway.core.wire.ProxyHeader;
import io.socksgateway.core.wire.ProxyHeaderCodec;
import java.util.Optional;

/**
 * Takes the PROXY header off the beginning of a connection, tells whose it is, and leaves the pipeline. A connection that
 * begins with anything else ends.
 *
 * <p>Confined to its event loop.
 */
final class ProxyPreface extends ChannelInboundHandlerAdapter {

    private final ClientConnection connection;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;

    ProxyPreface(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (connection.hasEnded() || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, bytes);
        Decoded<Optional<ProxyHeader>> decoded = ProxyHeaderCodec.decode(input);
        if (decoded instanceof Decoded.Complete<Optional<ProxyHeader>> complete) {
            complete.value().ifPresent(connection::comesFrom);
            ByteBuf rest = input;
            input = Unpooled.EMPTY_BUFFER;
            ctx.pipeline().remove(this);
            if (rest.isReadable()) {
                ctx.fireChannelRead(rest);
            } else {
                rest.release();
            }
        } else if (decoded instanceof Decoded.Malformed<Optional<ProxyHeader>>) {
            connection.abort(EndReason.MALFORMED);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        input.release();
    }
}
