package io.socksgateway.core.config;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Cidr;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An address or a range of addresses. */
final class CidrText {

    private static final String EXPECTED = "an address or a range such as \"10.0.0.0/8\"";

    static final Kind<Cidr> CIDR = new Text<>(EXPECTED, CidrText::parse);

    private CidrText() {}

    private static @Nullable Cidr parse(String text, Cursor at) {
        Optional<Cidr> range = Cidr.parse(text);
        if (range.isEmpty()) {
            at.fail(Shown.quoted(text), hint(text));
        }
        return range.orElse(null);
    }

    /** What is wrong with a text that is no range: its address, its prefix, or bits behind the prefix. */
    static String hint(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0 || address.isEmpty()) {
            return "expected: " + EXPECTED;
        }
        byte[] octets = address.get().getAddress();
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > octets.length * 8) {
            return "expected: a prefix length from 0 to " + octets.length * 8;
        }
        return "bits behind the prefix are set; did you mean \"" + network(octets, Integer.parseInt(length)) + "\"?";
    }

    private static String network(byte[] octets, int prefix) {
        for (int i = 0; i < octets.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - i * 8));
            octets[i] &= (byte) (0xFF00 >> kept);
        }
        return Addresses.format(Addresses.of(octets)) + "/" + prefix;
    }
}
