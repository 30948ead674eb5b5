package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;

/**
 * A set of method octets.
 *
 * <p>Immutable.
 */
public record MethodSet(long bits0, long bits64, long bits128, long bits192) {

    public static MethodSet of(int... methods) {
        long[] bits = new long[4];
        for (int method : methods) {
            bits[method >> 6] |= 1L << method;
        }
        return new MethodSet(bits[0], bits[1], bits[2], bits[3]);
    }

    static MethodSet read(ByteBuf in, int index, int count) {
        long[] bits = new long[4];
        for (int i = index; i < index + count; i++) {
            int method = in.getUnsignedByte(i);
            bits[method >> 6] |= 1L << method;
        }
        return new MethodSet(bits[0], bits[1], bits[2], bits[3]);
    }

    public boolean contains(int method) {
        long bits =
                switch (method >> 6) {
                    case 0 -> bits0;
                    case 1 -> bits64;
                    case 2 -> bits128;
                    case 3 -> bits192;
                    default -> 0;
                };
        return (bits >> method & 1) != 0;
    }
}
