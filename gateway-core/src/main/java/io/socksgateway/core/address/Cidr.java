package io.socksgateway.core.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of addresses that share a prefix, of one address family (RFC 4632, RFC 4291 section 2.3).
 *
 * <p>Immutable; matching neither allocates nor resolves.
 */
public final class Cidr {

    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** The range of one address. */
    public static Cidr of(InetAddress address) {
        byte[] octets = address.getAddress();
        return new Cidr(octets, octets.length * 8);
    }

    /**
     * Parses {@code address/prefix} or an address alone.
     *
     * @return nothing if the text is neither, the prefix too long, or a bit behind the prefix set
     */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Addresses.parse(text).map(Cidr::of);
        }
        return Addresses.parse(text.substring(0, slash)).flatMap(address -> parse(address, text.substring(slash + 1)));
    }

    private static Optional<Cidr> parse(InetAddress address, String length) {
        byte[] octets = address.getAddress();
        if (!length.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(length);
        if (prefix > octets.length * 8 || !clearBehind(octets, prefix)) {
            return Optional.empty();
        }
        return Optional.of(new Cidr(octets, prefix));
    }

    private static boolean clearBehind(byte[] octets, int prefix) {
        for (int bit = prefix; bit < octets.length * 8; bit++) {
            if ((octets[bit >> 3] & (0x80 >> (bit & 7))) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the address is in this range; an address of the other family never is. */
    public boolean contains(InetAddress address) {
        return sharesPrefix(address.getAddress());
    }

    /** Whether every address of the other range is in this one. */
    public boolean contains(Cidr other) {
        return other.prefix >= prefix && sharesPrefix(other.network);
    }

    /** This range of IPv4 inside IPv6: its bits behind so many bits of a base, a multiple of 8. */
    Cidr embedded(InetAddress base, int offset) {
        byte[] octets = base.getAddress();
        System.arraycopy(network, 0, octets, offset / 8, network.length);
        return new Cidr(octets, offset + prefix);
    }

    private boolean sharesPrefix(byte[] octets) {
        if (octets.length != network.length) {
            return false;
        }
        int whole = prefix >> 3;
        for (int i = 0; i < whole; i++) {
            if (octets[i] != network[i]) {
                return false;
            }
        }
        int rest = prefix & 7;
        return rest == 0 || ((octets[whole] ^ network[whole]) & (0xFF00 >> rest) & 0xFF) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that && prefix == that.prefix && contains(that);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + prefix;
    }

    @Override
    public String toString() {
        return Addresses.format(Addresses.of(network)) + "/" + prefix;
    }
}
