package io.socksgateway.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;

/** Ending a connection, in the two ways TCP has, and the options that all relayed sockets share. */
public final class Sockets {

    /** A channel is writable while nothing waits in it: so that a stalled tunnel holds one receive buffer. */
    private static final WriteBufferWaterMark WRITABLE_WHEN_EMPTY = new WriteBufferWaterMark(1, 1);

    private static final int SOL_SOCKET = 1;
    private static final int SO_OOBINLINE = 10;

    private Sockets() {}

    /** To be called before the channel reads for the first time, for either end of a tunnel. */
    public static void prepare(Channel channel) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setWriteBufferWaterMark(WRITABLE_WHEN_EMPTY);
        PausableReads.install(channel);
    }

    /**
     * Leaves octets that were sent as urgent in their place (RFC 6093 section 6); they would get lost otherwise. Linux
     * hands this on from a listening socket to those that it accepts.
     */
    public static void keepUrgent(Socket socket) throws IOException {
        socket.setIntOpt(SOL_SOCKET, SO_OOBINLINE, 1);
    }

    /** Closes at once, without a word of TLS; what has not been flushed is lost. */
    public static void close(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }

    /** Ends the output with FIN, in TLS behind a close_notify. What was written before must have been flushed. */
    public static ChannelFuture shutdownOutput(Channel channel) {
        DuplexChannel duplex = (DuplexChannel) channel;
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return duplex.shutdownOutput();
        }
        ChannelPromise ended = channel.newPromise();
        tls.closeOutbound().addListener(flushed -> duplex.shutdownOutput(ended));
        return ended;
    }

    /** Closes with RST, so that the peer learns that this is no orderly end. */
    public static void reset(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close(channel);
    }
}
