package io.socksgateway.core.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A host and a port.
 *
 * <p>Immutable.
 *
 * @param port 0 to 65535
 */
public record Endpoint(Host host, int port) {

    public Endpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
        }
    }

    public static Endpoint of(InetAddress address, int port) {
        return new Endpoint(Host.of(address), port);
    }

    /** The endpoint of a resolved socket address. */
    public static Endpoint of(InetSocketAddress address) {
        return of(address.getAddress(), address.getPort());
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        String text = host.toString();
        return text.indexOf(':') >= 0 ? "[" + text + "]:" + port : text + ":" + port;
    }
}
