package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Requests and replies, RFC 1928 sections 4 and 6.
 *
 * <pre>
 * +-----+-----------+-----+------+----------+----------+
 * | VER | CMD / REP | RSV | ATYP |   ADDR   |   PORT   |
 * |  05 |     1     |  00 |  1   | Variable |    2     |
 * +-----+-----------+-----+------+----------+----------+
 * </pre>
 *
 * <p>RSV is written as zero and not looked at when read.
 */
public final class Socks5RequestCodec {

    private static final int VERSION = 5;
    private static final byte[] NO_ADDRESS = {1, 0, 0, 0, 0, 0, 0};

    /** An address that is not stated. */
    private static final Host UNSTATED = Host.of(Addresses.of(new byte[4]));

    private Socks5RequestCodec() {}

    /**
     * Decodes a request; any command is accepted here. An unknown address type is reported as soon as it is there, as
     * nobody can tell how long such a request is.
     *
     * <p>DST.ADDR of UDP ASSOCIATE is where the client will send from. No name says that, so one that stands there is not
     * looked at, whatever its octets: the address is not stated.
     */
    public static Decoded<SocksRequest> decode(ByteBuf in) {
        int start = in.readerIndex();
        if (in.readableBytes() >= 1 && in.getByte(start) != VERSION) {
            return Decoded.malformed(Decoded.Defect.VERSION);
        }
        if (in.readableBytes() < 4) {
            return Decoded.incomplete();
        }
        int command = in.getUnsignedByte(start + 1);
        Decoded<Endpoint> destination = command == Command.UDP.code()
                ? Socks5AddressCodec.decode(in, start + 3, name -> Optional.of(UNSTATED))
                : Socks5AddressCodec.decode(in, start + 3);
        if (destination instanceof Decoded.Complete<Endpoint> complete) {
            return Decoded.complete(new SocksRequest(SocksVersion.SOCKS5, command, complete.value(), ""));
        }
        return destination instanceof Decoded.Malformed<Endpoint> malformed
                ? Decoded.malformed(malformed.defect())
                : Decoded.incomplete();
    }

    /** Appends a reply with an address: BND.ADDR and BND.PORT in their own family. */
    public static void encodeReply(Reply reply, InetAddress bound, int port, ByteBuf out) {
        out.writeByte(VERSION).writeByte(reply.code(SocksVersion.SOCKS5)).writeByte(0);
        Socks5AddressCodec.encode(bound, port, out);
    }

    /** Appends a reply without one: 0.0.0.0 and port 0, which a failure carries. */
    public static void encodeReply(Reply reply, ByteBuf out) {
        out.writeByte(VERSION).writeByte(reply.code(SocksVersion.SOCKS5)).writeByte(0);
        out.writeBytes(NO_ADDRESS);
    }
}
