package io.socksgateway.core.config;

import io.socksgateway.core.address.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads section {@code egress}. Whether the addresses are this machine's is seen when the gateway starts. */
final class EgressReader {

    private static final String EXPECTED = "an address of this machine";
    private static final Kind<InetAddress> LOCAL = new Text<>(EXPECTED, EgressReader::parse);

    private EgressReader() {}

    static EgressConfig read(Section section) {
        List<InetAddress> bind = section.list("bind", List.of(), LOCAL);
        long ipv6 = bind.stream().filter(Inet6Address.class::isInstance).count();
        if (ipv6 > 1 || bind.size() - ipv6 > 1) {
            String family = ipv6 > 1 ? "IPv6" : "IPv4";
            section.fail("bind", "several " + family + " addresses", "expected: at most one of each family");
        }
        return new EgressConfig(bind, section.list("pool", List.of(), LOCAL));
    }

    private static @Nullable InetAddress parse(String text, Cursor at) {
        Optional<InetAddress> address = Addresses.parse(text);
        if (address.isEmpty()) {
            at.fail(Shown.quoted(text), "expected: " + EXPECTED + ", such as \"192.0.2.10\" or \"2001:db8::10\"");
        } else if (address.get().isAnyLocalAddress() || address.get().isMulticastAddress()) {
            at.fail(Shown.quoted(text) + " is no single address", "expected: " + EXPECTED);
        } else {
            return address.get();
        }
        return null;
    }
}
