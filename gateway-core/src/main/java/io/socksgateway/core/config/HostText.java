package io.socksgateway.core.config;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.HostNames;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address or a name of a machine, an address in its canonical form. */
final class HostText {

    private static final Pattern ASCII_NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    /** What a listener binds. */
    static final Kind<String> HOST = new Text<>("an address or a host name", HostText::host);

    /** What a node of a cluster binds and tells the others. */
    static final Kind<String> CONCRETE = new Text<>("the address that the other nodes reach", HostText::concrete);

    private HostText() {}

    /** The address or name in canonical form, or nothing if the text is neither. */
    static Optional<String> parse(String text) {
        Optional<String> address = Addresses.parse(text).map(Addresses::format);
        return address.isPresent() || !ASCII_NAME.matcher(text).matches()
                ? address
                : HostNames.parse(text).map(Object::toString);
    }

    static boolean isLoopback(String host) {
        return Addresses.parse(host).map(InetAddress::isLoopbackAddress).orElseGet(() -> HostNames.canonical(host)
                .equals("localhost"));
    }

    private static @Nullable String host(String text, Cursor at) {
        Optional<String> host = parse(text);
        if (host.isEmpty()) {
            at.fail(Shown.quoted(text), hint(text));
        }
        return host.orElse(null);
    }

    private static String hint(String text) {
        int colon = text.lastIndexOf(':');
        if (text.equals("*") || text.isEmpty()) {
            return "expected: \"0.0.0.0\" for all IPv4 addresses of the machine, \"::\" for IPv6 too";
        } else if (colon > 0 && parse(text.substring(0, colon)).isPresent()) {
            return "did you mean " + Shown.quoted(text.substring(0, colon)) + "? The port has a key of its own";
        }
        return "expected: an address or a host name";
    }

    private static @Nullable String concrete(String text, Cursor at) {
        Optional<InetAddress> address = Addresses.parse(text);
        if (address.isEmpty()) {
            at.fail(Shown.quoted(text), "expected: an address of this machine, such as \"10.0.0.1\"");
        } else if (address.get().isAnyLocalAddress() || address.get().isMulticastAddress()) {
            at.fail(Shown.quoted(text) + " is no single address", "expected: the address that the other nodes reach");
        } else {
            return Addresses.format(address.get());
        }
        return null;
    }
}
