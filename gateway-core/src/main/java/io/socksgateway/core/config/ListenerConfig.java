package io.socksgateway.core.config;

import io.socksgateway.core.wire.SocksVersion;
import java.util.List;
import java.util.Set;

/**
 * One entry of {@code listeners}.
 *
 * <p>Immutable.
 *
 * @param host address or name to bind
 * @param port 0 to 65535; 0 takes any free one
 * @param auth names of methods, in the server's order of preference: {@code none}, {@code userpass}, {@code identd}
 */
public record ListenerConfig(String name, String host, int port, Set<SocksVersion> protocols, List<String> auth) {

    public static final String NONE = "none";
    public static final String USERPASS = "userpass";
    /** SOCKS4 only: the client's identd must confirm its user. */
    public static final String IDENTD = "identd";

    public ListenerConfig {
        protocols = Set.copyOf(protocols);
        auth = List.copyOf(auth);
    }
}
