package io.socksgateway.core.config;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.rules.PortRange;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads section {@code udp}. */
final class UdpReader {

    private static final Kind<InetAddress> ADVERTISED =
            new Text<>("the address that clients reach, such as \"203.0.113.7\"", UdpReader::advertised);

    private static final Kind<PortRange> PORTS = new UsablePorts(new PortsItem());

    private UdpReader() {}

    static UdpConfig read(Section section) {
        return new UdpConfig(
                section.optional("advertise", ADVERTISED),
                section.optional("ports", PORTS),
                section.value("idleTimeout", "60s", DurationText.POSITIVE),
                section.value("reassembly", new JsonObject(), new ReassemblyValue()),
                section.value("anySender", false, Flag.FLAG));
    }

    private static @Nullable InetAddress advertised(String text, Cursor at) {
        Optional<InetAddress> address = Addresses.parse(text);
        if (address.isEmpty()) {
            at.unexpected(ADVERTISED.expected());
        } else if (address.get().isAnyLocalAddress() || address.get().isMulticastAddress()) {
            at.fail(Shown.quoted(text) + " is no single address", "expected: " + ADVERTISED.expected());
        } else {
            return address.get();
        }
        return null;
    }

    /** Ports that can be bound one by one: 0 would be any. */
    private record UsablePorts(Kind<PortRange> any) implements Kind<PortRange> {
        @Override
        public @Nullable PortRange read(Cursor at) {
            PortRange range = any.read(at);
            if (range != null && range.first() == 0) {
                at.unexpected(expected());
                return null;
            }
            return range;
        }

        @Override
        public String expected() {
            return "a port from 1 to 65535, or a range such as \"40000-40999\"";
        }
    }
}
