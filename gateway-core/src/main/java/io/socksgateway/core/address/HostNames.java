package io.socksgateway.core.address;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Which octets a client may send as a name.
 *
 * <p>A name has 1 to 253 octets without its final dot, labels of 1 to 63 octets, and no NUL, control character or space
 * (RFC 1035 section 2.3.4). Letters beyond ASCII are taken in their ASCII form, which then has to keep to this. A literal address given as a name is that address, an IPv6 address also in brackets (RFC 3986 section 3.2.2);
 * brackets around or in anything else make it no name.
 */
public final class HostNames {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    /** What is no part of a name but belongs to addresses and URLs around one. */
    private static final String RESERVED = ":/%[]";

    private HostNames() {}

    /** The host that a name stands for, or nothing if it is no name that could be resolved. */
    public static Optional<Host> parse(String name) {
        Optional<InetAddress> literal = Addresses.parse(name);
        if (literal.isPresent()) {
            return literal.map(Host::of);
        }
        return InternationalNames.ascii(name).filter(HostNames::isName).map(Host.Name::new);
    }

    /** The form in which names are compared: lower case, without the final dot. */
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isName(String name) {
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        if (end < 1 || end > MAX_NAME) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if (c <= ' ' || c == 0x7F || RESERVED.indexOf(c) >= 0 || ++label > MAX_LABEL) {
                return false;
            }
        }
        return label > 0 && !looksLikeAddress(name, end);
    }

    /**
     * Whether the last label is a number: such a name can only be an address in one of the old spellings (RFC 3696
     * section 2), and a resolver that accepts those would lead around the rules.
     */
    private static boolean looksLikeAddress(String name, int end) {
        int start = name.lastIndexOf('.', end - 1) + 1;
        boolean hex = end - start > 1 && name.charAt(start) == '0' && (name.charAt(start + 1) | 0x20) == 'x';
        for (int i = hex ? start + 2 : start; i < end; i++) {
            if (Character.digit(name.charAt(i), hex ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }
}
