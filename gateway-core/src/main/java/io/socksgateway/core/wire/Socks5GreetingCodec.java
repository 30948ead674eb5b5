package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;

/**
 * Method negotiation, RFC 1928 section 3.
 *
 * <pre>
 * client                          server
 * +-----+----------+----------+   +-----+--------+
 * | VER | NMETHODS | METHODS  |   | VER | METHOD |
 * |  05 |    1     | 0 to 255 |   |  05 |    1   |
 * +-----+----------+----------+   +-----+--------+
 * </pre>
 *
 * <p>The RFC wants at least one method; a greeting without any is complete and accepts none.
 */
public final class Socks5GreetingCodec {

    private Socks5GreetingCodec() {}

    /** The offered methods, an octet each, as a set. */
    public static Decoded<MethodSet> decode(ByteBuf in) {
        if (!in.isReadable()) {
            return Decoded.incomplete();
        }
        int start = in.readerIndex();
        if (in.getUnsignedByte(start) != 5) {
            return Decoded.malformed(Decoded.Defect.VERSION);
        }
        if (in.readableBytes() < 2) {
            return Decoded.incomplete();
        }
        int count = in.getUnsignedByte(start + 1);
        if (in.readableBytes() < 2 + count) {
            return Decoded.incomplete();
        }
        MethodSet methods = MethodSet.read(in, start + 2, count);
        in.skipBytes(2 + count);
        return Decoded.complete(methods);
    }

    /** Two octets: the version and the chosen method, or {@link Method#UNACCEPTABLE}. */
    public static void encodeChoice(int method, ByteBuf out) {
        out.writeByte(5).writeByte(method);
    }
}
