package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.address.HostNames;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Requests and replies of SOCKS4 and SOCKS4a.
 *
 * <pre>
 * request                                                   reply
 * +----+----+---------+-------+--------+----+------+----+   +----+----+---------+-------+
 * | VN | CD | DSTPORT | DSTIP | USERID | 00 | NAME | 00 |   | VN | CD | DSTPORT | DSTIP |
 * | 04 | 1  |    2    |   4   | 0..255 | 1  |   4a only |   | 00 | 1  |    2    |   4   |
 * +----+----+---------+-------+--------+----+------+----+   +----+----+---------+-------+
 * </pre>
 *
 * <p>The name is there if DSTIP is 0.0.0.x with x other than 0. USERID and the name have at most 255 octets here; the
 * protocol sets no limit.
 */
public final class Socks4Codec {

    private static final int VERSION = 4;
    private static final int FIXED = 8;
    private static final int MAX_FIELD = 255;

    private Socks4Codec() {}

    /** Takes a request of either. */
    public static Decoded<SocksRequest> decode(ByteBuf in) {
        return decode(in, true);
    }

    /**
     * Takes a request where SOCKS4a is not spoken: with DSTIP 0.0.0.x it is one of SOCKS4a for that address, and complete
     * behind USERID. A name may follow, but nothing says so, and nobody who sends none is to wait.
     */
    public static Decoded<SocksRequest> decodeWithoutNames(ByteBuf in) {
        return decode(in, false);
    }

    private static Decoded<SocksRequest> decode(ByteBuf in, boolean names) {
        int start = in.readerIndex();
        if (in.readableBytes() >= 1 && in.getByte(start) != VERSION) {
            return Decoded.malformed(Decoded.Defect.VERSION);
        }
        if (in.readableBytes() < FIXED) {
            return Decoded.incomplete();
        }
        int user = start + FIXED;
        int userEnd = end(in, user);
        if (userEnd < 0) {
            return unfinished(in, user);
        }
        byte[] ip = new byte[4];
        in.getBytes(start + 4, ip);
        if (!isMarker(ip)) {
            return complete(in, SocksVersion.SOCKS4, Host.of(Addresses.of(ip)), userEnd, userEnd);
        }
        if (!names) {
            return complete(in, SocksVersion.SOCKS4A, Host.of(Addresses.of(ip)), userEnd, userEnd);
        }
        int name = userEnd + 1;
        int nameEnd = end(in, name);
        if (nameEnd < 0) {
            return unfinished(in, name);
        }
        Optional<Host> host = HostNames.parse(in.toString(name, nameEnd - name, StandardCharsets.UTF_8));
        return host.isEmpty()
                ? Decoded.malformed(Decoded.Defect.NAME)
                : complete(in, SocksVersion.SOCKS4A, host.get(), userEnd, nameEnd);
    }

    /** DSTIP 0.0.0.x: a name follows. */
    private static boolean isMarker(byte[] ip) {
        return ip[0] == 0 && ip[1] == 0 && ip[2] == 0 && ip[3] != 0;
    }

    /** Index of the field's NUL, or -1 if there is none within its limit. */
    private static int end(ByteBuf in, int index) {
        int length = Math.min(in.writerIndex() - index, MAX_FIELD + 1);
        return length <= 0 ? -1 : in.indexOf(index, index + length, (byte) 0);
    }

    private static Decoded<SocksRequest> unfinished(ByteBuf in, int field) {
        return in.writerIndex() - field > MAX_FIELD ? Decoded.malformed(Decoded.Defect.TOO_LONG) : Decoded.incomplete();
    }

    private static Decoded<SocksRequest> complete(ByteBuf in, SocksVersion version, Host host, int userEnd, int end) {
        int start = in.readerIndex();
        int command = in.getUnsignedByte(start + 1);
        int port = in.getUnsignedShort(start + 2);
        String userId = in.toString(start + FIXED, userEnd - start - FIXED, StandardCharsets.UTF_8);
        in.readerIndex(end + 1);
        return Decoded.complete(new SocksRequest(version, command, new Endpoint(host, port), userId));
    }

    /** Appends a reply with an address; one that is not IPv4 cannot be said and becomes 0.0.0.0. */
    public static void encodeReply(Reply reply, InetAddress bound, int port, ByteBuf out) {
        byte[] octets = bound.getAddress();
        out.writeByte(0).writeByte(reply.code(SocksVersion.SOCKS4)).writeShort(port);
        if (octets.length == 4) {
            out.writeBytes(octets);
        } else {
            out.writeInt(0);
        }
    }

    /** Appends a reply without an address: 0.0.0.0 and port 0. */
    public static void encodeReply(Reply reply, ByteBuf out) {
        out.writeByte(0)
                .writeByte(reply.code(SocksVersion.SOCKS4))
                .writeShort(0)
                .writeInt(0);
    }
}
