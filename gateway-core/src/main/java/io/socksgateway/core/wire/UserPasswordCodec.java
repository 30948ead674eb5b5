package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Username/password sub-negotiation, RFC 1929.
 *
 * <pre>
 * client                                       server
 * +-----+------+----------+------+----------+   +-----+--------+
 * | VER | ULEN |  UNAME   | PLEN |  PASSWD  |   | VER | STATUS |
 * |  01 |  1   | 0 to 255 |  1   | 0 to 255 |   |  01 |   1    |
 * +-----+------+----------+------+----------+   +-----+--------+
 * </pre>
 *
 * <p>The RFC wants one octet or more in either field. An empty one is decoded all the same, so that the client gets
 * its refusal in the form the RFC has for it.
 */
public final class UserPasswordCodec {

    public static final int SUCCESS = 0x00;
    public static final int FAILURE = 0x01;

    private static final int VERSION = 1;

    private UserPasswordCodec() {}

    public static Decoded<UserPassword> decode(ByteBuf in) {
        int available = in.readableBytes();
        int start = in.readerIndex();
        if (available >= 1 && in.getByte(start) != VERSION) {
            return Decoded.malformed(Decoded.Defect.VERSION);
        }
        if (available < 2) {
            return Decoded.incomplete();
        }
        int userLength = in.getUnsignedByte(start + 1);
        if (available < 3 + userLength) {
            return Decoded.incomplete();
        }
        int passwordLength = in.getUnsignedByte(start + 2 + userLength);
        if (available < 3 + userLength + passwordLength) {
            return Decoded.incomplete();
        }
        in.skipBytes(2);
        String user = in.readCharSequence(userLength, StandardCharsets.UTF_8).toString();
        in.skipBytes(1);
        byte[] password = new byte[passwordLength];
        int secret = in.readerIndex();
        in.readBytes(password);
        in.setZero(secret, passwordLength);
        return Decoded.complete(new UserPassword(user, password));
    }

    /** Two octets: the sub-negotiation's version and {@link #SUCCESS} or {@link #FAILURE}. */
    public static void encodeStatus(int status, ByteBuf out) {
        out.writeByte(VERSION).writeByte(status);
    }
}
