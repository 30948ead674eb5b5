package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;

/**
 * The messages of the GSS-API method, RFC 1961. All but the abort have the same form in both directions.
 *
 * <pre>
 * +-----+------+-------+------------+   MTYP 01 context establishment, section 3.4    abort, section 3.8
 * | VER | MTYP |  LEN  |   TOKEN    |        02 protection level, section 4.3         +-----+------+
 * |  01 |  1   |   2   | 1 to 65535 |        03 encapsulated message, section 5       |  01 |  FF  |
 * +-----+------+-------+------------+                                                 +-----+------+
 * </pre>
 *
 * <p>A token of a client is never empty: there would be nothing to accept, verify or unwrap.
 */
public final class GssFrameCodec {

    /** Context establishment. */
    public static final int AUTHENTICATION = 0x01;
    /** Agreement on a {@link Protection}. */
    public static final int PROTECTION = 0x02;
    /** An encapsulated message. */
    public static final int DATA = 0x03;

    private static final int ABORT = 0xFF;

    /** What is in front of a token, in octets. */
    public static final int HEADER_LENGTH = 4;

    public static final int MAX_TOKEN = 0xFFFF;

    private static final int VERSION = 1;

    private GssFrameCodec() {}

    /**
     * Takes the next message off a stream.
     *
     * @param type the one that is due; another one is malformed, also a client's abort
     */
    public static Decoded<byte[]> decode(int type, ByteBuf in) {
        int available = in.readableBytes();
        int start = in.readerIndex();
        if (available >= 1 && in.getByte(start) != VERSION) {
            return Decoded.malformed(Decoded.Defect.VERSION);
        }
        if (available >= 2 && in.getUnsignedByte(start + 1) != type) {
            return Decoded.malformed(Decoded.Defect.MESSAGE_TYPE);
        }
        if (available < HEADER_LENGTH) {
            return Decoded.incomplete();
        }
        int length = in.getUnsignedShort(start + 2);
        if (length == 0) {
            return Decoded.malformed(Decoded.Defect.EMPTY);
        }
        if (available < HEADER_LENGTH + length) {
            return Decoded.incomplete();
        }
        byte[] token = new byte[length];
        in.skipBytes(HEADER_LENGTH).readBytes(token);
        return Decoded.complete(token);
    }

    /** Whether there is a whole message, of whatever type. What is malformed may be none for ever. */
    public static boolean isComplete(ByteBuf in) {
        int available = in.readableBytes();
        return available >= HEADER_LENGTH && available >= HEADER_LENGTH + in.getUnsignedShort(in.readerIndex() + 2);
    }

    /**
     * Appends a message.
     *
     * @throws IllegalArgumentException if the token is longer than {@link #MAX_TOKEN}
     */
    public static void encode(int type, byte[] token, ByteBuf out) {
        if (token.length > MAX_TOKEN) {
            throw new IllegalArgumentException("token: " + token.length + " octets (expected: 0.." + MAX_TOKEN + ")");
        }
        out.writeByte(VERSION).writeByte(type).writeShort(token.length).writeBytes(token);
    }

    /** Appends the message that refuses or ends a context. */
    public static void encodeAbort(ByteBuf out) {
        out.writeByte(VERSION).writeByte(ABORT);
    }
}
