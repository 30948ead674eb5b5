package io.socksgateway.core.wire;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header of HAProxy's PROXY protocol, versions 1 and 2.
 *
 * <pre>
 * 1   "PROXY TCP4 192.0.2.7 203.0.113.1 56324 1080" CR LF           TCP6 likewise; at most 107 octets
 *     "PROXY UNKNOWN" whatever CR LF
 *
 * 2   +-------------------------------------+---------+-----+--------+-----------------------------+------+
 *     | 0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a | VER.CMD | FAM | LENGTH | SRC | DST | SPORT | DPORT   | TLVs |
 *     |                                     |  2.0-1  |  1  |   2    | 4, 4, 2, 2 or 16, 16, 2, 2  |      |
 *     +-------------------------------------+---------+-----+--------+-----------------------------+------+
 *                                                            LENGTH counts from SRC to the end of the TLVs
 * </pre>
 *
 * <p>FAM is 11 for TCP over IPv4 and 21 over IPv6. CMD 0 (LOCAL) and FAM 00 mean the same as UNKNOWN: the connection is the
 * balancer's own, or it cannot tell. So does FAM 31, a Unix socket, for which version 1 has no other word. TLVs are passed
 * over.
 */
public final class ProxyHeaderCodec {

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final byte[] WORD = {'P', 'R', 'O', 'X', 'Y', ' '};
    private static final int MAX_LINE = 107;
    private static final int FIXED = 16;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;
    /** Two paths. */
    private static final int UNIX_LENGTH = 216;

    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

    private ProxyHeaderCodec() {}

    /** The header; empty if it tells no client. What does not begin like one is malformed at once. */
    public static Decoded<Optional<ProxyHeader>> decode(ByteBuf in) {
        if (beginsWith(in, SIGNATURE)) {
            return in.readableBytes() < FIXED ? Decoded.incomplete() : decodeBinary(in);
        }
        return beginsWith(in, WORD) ? decodeLine(in) : Decoded.malformed(Decoded.Defect.VERSION);
    }

    /** As far as there are octets. */
    private static boolean beginsWith(ByteBuf in, byte[] expected) {
        int length = Math.min(in.readableBytes(), expected.length);
        for (int i = 0; i < length; i++) {
            if (in.getByte(in.readerIndex() + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static Decoded<Optional<ProxyHeader>> decodeLine(ByteBuf in) {
        int start = in.readerIndex();
        int length = Math.min(in.readableBytes(), MAX_LINE);
        int lineFeed = in.indexOf(start, start + length, (byte) '\n');
        if (lineFeed < 0) {
            return length < MAX_LINE ? Decoded.incomplete() : Decoded.malformed(Decoded.Defect.TOO_LONG);
        }
        String line = in.toString(start, lineFeed - start, StandardCharsets.ISO_8859_1);
        if (!line.endsWith("\r")) {
            return Decoded.malformed(Decoded.Defect.FIELD);
        }
        String[] fields = line.substring(0, line.length() - 1).split(" ", -1);
        if (fields[1].equals("UNKNOWN")) {
            return complete(in, lineFeed + 1, Optional.empty());
        }
        Optional<ProxyHeader> header = fields.length == 6 ? parse(fields) : Optional.empty();
        return header.isEmpty() ? Decoded.malformed(Decoded.Defect.FIELD) : complete(in, lineFeed + 1, header);
    }

    private static Optional<ProxyHeader> parse(String[] fields) {
        Optional<InetSocketAddress> client = parse(fields[1], fields[2], fields[4]);
        Optional<InetSocketAddress> reached = parse(fields[1], fields[3], fields[5]);
        return client.flatMap(source -> reached.map(destination -> new ProxyHeader(source, destination)));
    }

    private static Optional<InetSocketAddress> parse(String family, String address, String port) {
        boolean known =
                switch (family) {
                    case "TCP4" -> address.indexOf(':') < 0;
                    case "TCP6" -> address.indexOf(':') >= 0 && address.indexOf('[') < 0;
                    default -> false;
                };
        if (!known || !PORT.matcher(port).matches() || Integer.parseInt(port) > 65_535) {
            return Optional.empty();
        }
        return Addresses.parse(address).map(ip -> new InetSocketAddress(ip, Integer.parseInt(port)));
    }

    private static Decoded<Optional<ProxyHeader>> decodeBinary(ByteBuf in) {
        int start = in.readerIndex();
        int versionAndCommand = in.getUnsignedByte(start + SIGNATURE.length);
        int family = in.getUnsignedByte(start + SIGNATURE.length + 1);
        int length = in.getUnsignedShort(start + SIGNATURE.length + 2);
        if (versionAndCommand >> 4 != 2) {
            return Decoded.malformed(Decoded.Defect.VERSION);
        }
        int command = versionAndCommand & 0xF;
        boolean tellsClient = command == 1 && family != 0;
        if (command > 1) {
            return Decoded.malformed(Decoded.Defect.FIELD);
        }
        if (tellsClient && family != TCP4 && family != TCP6 && family != UNIX) {
            return Decoded.malformed(Decoded.Defect.ADDRESS_TYPE);
        }
        int octets = family == TCP6 ? 16 : 4;
        if (tellsClient && length < (family == UNIX ? UNIX_LENGTH : 2 * octets + 4)) {
            return Decoded.malformed(Decoded.Defect.EMPTY);
        }
        if (in.readableBytes() < FIXED + length) {
            return Decoded.incomplete();
        }
        int end = start + FIXED + length;
        if (!tellsClient || family == UNIX) {
            return complete(in, end, Optional.empty());
        }
        int ports = start + FIXED + 2 * octets;
        InetSocketAddress client =
                new InetSocketAddress(address(in, start + FIXED, octets), in.getUnsignedShort(ports));
        InetSocketAddress reached =
                new InetSocketAddress(address(in, start + FIXED + octets, octets), in.getUnsignedShort(ports + 2));
        return complete(in, end, Optional.of(new ProxyHeader(client, reached)));
    }

    private static InetAddress address(ByteBuf in, int index, int octets) {
        byte[] address = new byte[octets];
        in.getBytes(index, address);
        return Addresses.of(address);
    }

    private static Decoded<Optional<ProxyHeader>> complete(ByteBuf in, int end, Optional<ProxyHeader> header) {
        in.readerIndex(end);
        return Decoded.complete(header);
    }
}
