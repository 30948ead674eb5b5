package io.socksgateway.core.config;

import io.socksgateway.core.address.AddressFamily;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Section {@code dns}.
 *
 * <p>Immutable.
 *
 * @param servers asked in order; empty for those of the system
 * @param maxEntries the most names that are remembered, 0 for none
 */
public record DnsConfig(List<InetSocketAddress> servers, AddressFamily family, int maxEntries) {

    public static final DnsConfig DEFAULT = new DnsConfig(List.of(), AddressFamily.ANY, 10_000);

    public DnsConfig {
        servers = List.copyOf(servers);
    }
}
