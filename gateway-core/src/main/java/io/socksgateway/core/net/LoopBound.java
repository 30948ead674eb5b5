package io.socksgateway.core.net;

import io.netty.channel.EventLoop;

/** A verticle of which every event loop needs one. */
public interface LoopBound {

    /** The loop that its instance runs on, once it is deployed. */
    EventLoop loop();
}
