package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.address.HostNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of a datagram between client and gateway, RFC 1928 section 7.
 *
 * <pre>
 * +-------+------+------+----------+----------+----------+
 * |  RSV  | FRAG | ATYP | DST.ADDR | DST.PORT |   DATA   |
 * | 00 00 |  1   |  1   | Variable |    2     | Variable |
 * +-------+------+------+----------+----------+----------+
 * </pre>
 *
 * <p>An instance is a view that is overwritten by the next header, so that a datagram costs no object. An address is two
 * longs, an IPv4 address in the mapped form of IPv6 (RFC 4291 section 2.5.5.2): so both spellings are the same.
 *
 * <p>Confined to its event loop.
 */
public final class UdpHeader {

    /** The longest header with an address: the most that answers have in front of their payload. */
    public static final int MAX_LENGTH = 22;

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int TYPE = 3;
    private static final int HOST = 4;
    private static final int LAST = 0x80;

    private int fragment;
    private int port;
    private long high;
    private long low;
    private int nameLength;
    private int hostLength;

    /**
     * Reads the header at the reader index.
     *
     * @return true, with the reader index at the payload; false if this is no header, the reader index unmoved: it is
     *     too short, its reserved octets are not zero, its type is unknown or its name empty
     */
    public boolean decode(ByteBuf in) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available <= HOST || in.getShort(start) != 0) {
            return false;
        }
        int first = start + HOST;
        int type = in.getByte(start + TYPE);
        switch (type) {
            case IPV4 -> hostLength = 4;
            case IPV6 -> hostLength = 16;
            case NAME -> hostLength = 1 + in.getUnsignedByte(first);
            default -> {
                return false;
            }
        }
        if (hostLength == 1 || available < HOST + hostLength + 2) {
            return false;
        }
        if (type == IPV6) {
            high = in.getLong(first);
            low = in.getLong(first + 8);
        } else {
            high = 0;
            low = Addresses.MAPPED | in.getUnsignedInt(first); // of no meaning if it is a name
        }
        nameLength = type == NAME ? hostLength - 1 : 0;
        fragment = in.getUnsignedByte(start + 2);
        port = in.getUnsignedShort(first + hostLength);
        in.readerIndex(first + hostLength + 2);
        return true;
    }

    /** Whether the datagram is a part of another; a standalone one has FRAG 00. */
    public boolean isFragment() {
        return fragment != 0;
    }

    /** The place of a fragment, 1 to 127; 0 is none that the RFC defines. */
    public int position() {
        return fragment & ~LAST;
    }

    /** Whether this is the last fragment of its sequence. */
    public boolean isLast() {
        return (fragment & LAST) != 0;
    }

    public boolean isName() {
        return nameLength > 0;
    }

    /** The first half of the address, if it is one. */
    public long high() {
        return high;
    }

    /** The second half of the address, if it is one. */
    public long low() {
        return low;
    }

    public int port() {
        return port;
    }

    /** The address and port as a socket address; only if {@link #isName} is false. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(Addresses.of(high, low), port);
    }

    /** Octets of the name; 0 if there is an address instead. */
    public int nameLength() {
        return nameLength;
    }

    /** Index of the name's first octet, as long as the reader index is where {@link #decode} has left it. */
    public int nameIndex(ByteBuf in) {
        return in.readerIndex() - 2 - nameLength;
    }

    /** Octets of type, address and port: what tells one destination from another as it stands. */
    public int destinationLength() {
        return 1 + hostLength + 2;
    }

    /** The host that the name stands for, or nothing if it is no name that could be resolved. */
    public Optional<Host> host(ByteBuf in) {
        return HostNames.parse(in.toString(nameIndex(in), nameLength, StandardCharsets.UTF_8));
    }

    /** Appends the header of a standalone datagram from an address. */
    public static void encode(InetAddress source, int port, ByteBuf out) {
        out.writeMedium(0);
        Socks5AddressCodec.encode(source, port, out);
    }
}
