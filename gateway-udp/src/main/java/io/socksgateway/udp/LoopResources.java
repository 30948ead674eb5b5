package io.socksgateway.udp;

import io.netty.channel.EventLoop;
import io.socksgateway.core.net.DeadlineWheel;

/**
 * What the associations of one event loop share.
 *
 * @param fragments memory for fragments, of all associations together
 * @param waiting memory for datagrams that wait for a name, of all associations together
 */
record LoopResources(EventLoop loop, DeadlineWheel wheel, ReceiveSlab slab, Budget fragments, Budget waiting) {

    /** Octets for each of both. */
    private static final int LIMIT = 16 << 20;

    static LoopResources of(EventLoop loop) {
        return new LoopResources(
                loop, new DeadlineWheel(loop), new ReceiveSlab(), new Budget(LIMIT), new Budget(LIMIT));
    }
}
