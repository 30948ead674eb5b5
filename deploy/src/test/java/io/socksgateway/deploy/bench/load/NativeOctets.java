package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;

/** Octets outside the heap, at an address that the kernel can be given. */
record NativeOctets(ByteBuffer buffer, long address) {

    static {
        Epoll.ensureAvailability(); // without Unsafe it is Netty's native library that knows addresses
    }

    static NativeOctets allocate(int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        return new NativeOctets(buffer, Buffer.memoryAddress(buffer));
    }

    static NativeOctets of(byte[] octets) {
        NativeOctets copy = allocate(octets.length);
        copy.buffer.put(0, octets);
        return copy;
    }

    int length() {
        return buffer.capacity();
    }

    /** Whether so many octets from here on are the same as those of another from there on. */
    boolean matches(int start, int length, NativeOctets other, int otherStart) {
        return buffer.slice(start, length).mismatch(other.buffer.slice(otherStart, length)) < 0;
    }
}
