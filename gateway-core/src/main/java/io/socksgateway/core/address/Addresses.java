package io.socksgateway.core.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Conversions of addresses from and to octets and text that never resolve a name. */
public final class Addresses {

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

    /** The address that a literal denotes: dotted quad, or RFC 4291 text with or without brackets; no zone. */
    public static Optional<InetAddress> parse(String text) {
        if (text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
        return octets == null ? Optional.empty() : Optional.of(of(octets));
    }

    /** The canonical text: dotted quad or RFC 5952. */
    public static String format(InetAddress address) {
        return NetUtil.toAddressString(address);
    }
}
