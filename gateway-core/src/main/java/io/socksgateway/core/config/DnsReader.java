package io.socksgateway.core.config;

import io.socksgateway.core.address.AddressFamily;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads section {@code dns}. */
final class DnsReader {

    private static final Choice<AddressFamily> FAMILY = Choice.of(AddressFamily.class);
    private static final Kind<Integer> ENTRIES = new WholeNumber(0, 1_000_000);

    private DnsReader() {}

    static @Nullable DnsConfig read(Section section) {
        List<InetSocketAddress> servers = section.list("servers", List.of(), ServerText.SERVER);
        AddressFamily family = section.value("family", "any", FAMILY);
        Integer maxEntries = section.object("cache", cache -> cache.value("maxEntries", 10_000, ENTRIES));
        return maxEntries == null ? null : new DnsConfig(servers, family, maxEntries);
    }
}
