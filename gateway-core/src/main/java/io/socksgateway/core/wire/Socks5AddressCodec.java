package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.address.HostNames;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * ATYP, address and port as requests, replies and UDP headers share them, RFC 1928 section 5.
 *
 * <pre>
 * +------+---------------------------------------------------+------+
 * | ATYP | 01: 4 octets · 03: length and name · 04: 16 octets | PORT |
 * |  1   |                                                   |  2   |
 * +------+---------------------------------------------------+------+
 * </pre>
 */
public final class Socks5AddressCodec {

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private Socks5AddressCodec() {}

    /** Decodes the fields at the reader index. */
    public static Decoded<Endpoint> decode(ByteBuf in) {
        return decode(in, in.readerIndex());
    }

    /** Decodes the fields that begin at an index not before the reader index, and moves the latter behind them. */
    static Decoded<Endpoint> decode(ByteBuf in, int index) {
        return decode(in, index, HostNames::parse);
    }

    /**
     * The same with another opinion on names.
     *
     * @param names the host that a name stands for, or nothing if it is malformed
     */
    static Decoded<Endpoint> decode(ByteBuf in, int index, Function<String, Optional<Host>> names) {
        int available = in.writerIndex() - index;
        if (available < 1) {
            return Decoded.incomplete();
        }
        return switch (in.getByte(index)) {
            case IPV4 -> decodeAddress(in, index + 1, 4);
            case IPV6 -> decodeAddress(in, index + 1, 16);
            case NAME -> decodeName(in, index + 1, names);
            default -> Decoded.malformed(Decoded.Defect.ADDRESS_TYPE);
        };
    }

    private static Decoded<Endpoint> decodeAddress(ByteBuf in, int index, int length) {
        if (in.writerIndex() - index < length + 2) {
            return Decoded.incomplete();
        }
        byte[] octets = new byte[length];
        in.getBytes(index, octets);
        return complete(in, Host.of(Addresses.of(octets)), index + length);
    }

    private static Decoded<Endpoint> decodeName(ByteBuf in, int index, Function<String, Optional<Host>> names) {
        if (in.writerIndex() - index < 1) {
            return Decoded.incomplete();
        }
        int length = in.getUnsignedByte(index);
        if (in.writerIndex() - index < 1 + length + 2) {
            return Decoded.incomplete();
        }
        Optional<Host> host = names.apply(in.toString(index + 1, length, StandardCharsets.UTF_8));
        if (host.isEmpty()) {
            return Decoded.malformed(Decoded.Defect.NAME);
        }
        return complete(in, host.get(), index + 1 + length);
    }

    private static Decoded<Endpoint> complete(ByteBuf in, Host host, int portIndex) {
        int port = in.getUnsignedShort(portIndex);
        in.readerIndex(portIndex + 2);
        return Decoded.complete(new Endpoint(host, port));
    }

    /** Appends type, address and port. */
    public static void encode(InetAddress address, int port, ByteBuf out) {
        byte[] octets = address.getAddress();
        out.writeByte(octets.length == 4 ? IPV4 : IPV6).writeBytes(octets).writeShort(port);
    }
}
