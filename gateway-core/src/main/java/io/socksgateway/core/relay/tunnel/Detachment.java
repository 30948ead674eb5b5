package io.socksgateway.core.relay.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/**
 * A channel that has left its event loop's selector but stays open, for somebody who works on its descriptor.
 *
 * <p>Netty does not tell the pipeline of such a channel that it was closed; Vert.x waits for that, so it is told here,
 * whoever closes the channel.
 *
 * <p>Confined to its event loop.
 */
final class Detachment {

    private final Runnable action;
    private int registered = 2;

    private Detachment(Runnable action) {
        this.action = action;
    }

    /**
     * Takes both ends of a tunnel out of the selector.
     *
     * @param action called when both have left, also if one was closed in the meantime
     */
    static void of(Channel client, Channel target, Runnable action) {
        Detachment detachment = new Detachment(action);
        detachment.detach(client);
        detachment.detach(target);
    }

    private void detach(Channel channel) {
        channel.closeFuture().addListener((ChannelFuture closed) -> {
            closed.channel().pipeline().fireChannelInactive();
            closed.channel().pipeline().fireChannelUnregistered(); // the closed pipeline lets its handlers go
        });
        channel.deregister().addListener(left -> {
            if (--registered == 0) {
                action.run();
            }
        });
    }
}
