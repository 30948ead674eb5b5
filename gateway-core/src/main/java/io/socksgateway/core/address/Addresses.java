package io.socksgateway.core.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conversions of addresses from and to octets and text that never resolve a name. */
public final class Addresses {

    /** The second half of an IPv4-mapped IPv6 address, without the IPv4 address in its last 32 bits. */
    public static final long MAPPED = 0xFFFF_0000_0000L;

    private Addresses() {}

    /**
     * The address of 4 or 16 octets in network order. An IPv4-mapped IPv6 address becomes the IPv4 address.
     *
     * @throws IllegalArgumentException for another number of octets
     */
    public static InetAddress of(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: " + octets.length + " octets (expected: 4 or 16)", e);
        }
    }

    /** The address of two halves in network order; IPv4 in the mapped form. */
    public static InetAddress of(long high, long low) {
        byte[] octets = new byte[16];
        for (int i = 0; i < 8; i++) {
            octets[i] = (byte) (high >>> (56 - 8 * i));
            octets[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        return of(octets);
    }

    /** The first half of an address as IPv6 has it, an IPv4 address in the mapped form (RFC 4291 section 2.5.5.2). */
    public static long high(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 4 ? 0 : bits(octets, 0, 8);
    }

    /** The other half. */
    public static long low(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 4 ? MAPPED | bits(octets, 0, 4) : bits(octets, 8, 8);
    }

    private static long bits(byte[] octets, int index, int count) {
        long bits = 0;
        for (int i = index; i < index + count; i++) {
            bits = bits << 8 | (octets[i] & 0xFF);
        }
        return bits;
    }

    /**
     * The address that a literal denotes: dotted quad, or RFC 4291 text with or without brackets; no zone. A number of a
     * dotted quad has no leading zero: some would read it as octal.
     */
    public static Optional<InetAddress> parse(String text) {
        if (text.indexOf('%') >= 0 || hasLeadingZero(text)) {
            return Optional.empty();
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
        if (octets == null) {
            octets = parseWithDottedTail(text);
        }
        return octets == null ? Optional.empty() : Optional.of(of(octets));
    }

    /** Whether one of the numbers with dots between them begins with a zero that it does not need. */
    private static boolean hasLeadingZero(String text) {
        int tail = text.lastIndexOf(':') + 1;
        boolean begins = text.indexOf('.', tail) >= 0;
        for (int i = tail; i + 1 < text.length(); i++) {
            char next = text.charAt(i + 1);
            if (begins && text.charAt(i) == '0' && next >= '0' && next <= '9') {
                return true;
            }
            begins = text.charAt(i) == '.';
        }
        return false;
    }

    /** RFC 4291 section 2.2, form 3, behind any prefix; Netty knows it only behind {@code ::} and {@code ::ffff:}. */
    private static byte @Nullable [] parseWithDottedTail(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int tail = bare.lastIndexOf(':') + 1;
        byte[] low = tail == 0 ? null : NetUtil.createByteArrayFromIpAddressString(bare.substring(tail));
        if (low == null || low.length != 4) {
            return null;
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(bare.substring(0, tail) + "0:0");
        if (octets != null) {
            System.arraycopy(low, 0, octets, 12, 4);
        }
        return octets;
    }

    /** The canonical text: dotted quad or RFC 5952. */
    public static String format(InetAddress address) {
        return NetUtil.toAddressString(address);
    }
}
