package io.socksgateway.core.net.dns;

import io.socksgateway.core.address.Addresses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that no server is asked for: {@code localhost} and {@code invalid} (RFC 6761), {@code onion} (RFC 7686). */
final class SpecialNames {

    private static final Resolution LOOPBACK = new Resolution(
            List.of(Addresses.parse("127.0.0.1").orElseThrow()),
            List.of(Addresses.parse("::1").orElseThrow()));

    private SpecialNames() {}

    /**
     * What is true of a special name, or null for any other.
     *
     * @param name in canonical form
     */
    static @Nullable Resolution find(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "localhost" -> LOOPBACK;
            case "invalid", "onion" -> Resolution.NONE;
            default -> null;
        };
    }
}
