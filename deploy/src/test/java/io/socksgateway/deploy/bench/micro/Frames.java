package io.socksgateway.deploy.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.testkit.Hex;

/** Frames outside the heap, as they come from a socket. */
final class Frames {

    private Frames() {}

    static ByteBuf of(String hex) {
        return Unpooled.directBuffer().writeBytes(Hex.bytes(hex));
    }
}
