package io.socksgateway.core.config;

import io.socksgateway.core.wire.SocksVersion;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code listeners}.
 *
 * <p>Immutable.
 *
 * @param host address or name to bind
 * @param port 0 to 65535; 0 takes any free one
 * @param auth names of methods, in the server's order of preference: {@code none}, {@code userpass}, {@code
 *     gssapi}, {@code identd}, or
 *     that of a plug-in
 * @param methods the methods of plug-ins among {@code auth}
 * @param tls null for SOCKS over plain TCP
 * @param proxyProtocol whether each connection begins with a header of the PROXY protocol
 */
public record ListenerConfig(
        String name,
        String host,
        int port,
        Set<SocksVersion> protocols,
        List<String> auth,
        List<PluginMethod> methods,
        @Nullable TlsConfig tls,
        boolean proxyProtocol) {

    public static final String NONE = "none";
    public static final String USERPASS = "userpass";
    /** SOCKS5 only: a security context, RFC 1961. */
    public static final String GSSAPI = "gssapi";
    /** SOCKS4 only: the client's identd must confirm its user. */
    public static final String IDENTD = "identd";

    public ListenerConfig {
        protocols = Set.copyOf(protocols);
        auth = List.copyOf(auth);
        methods = List.copyOf(methods);
    }

    /** A listener for plain TCP, which clients reach directly, without methods of plug-ins. */
    public ListenerConfig(String name, String host, int port, Set<SocksVersion> protocols, List<String> auth) {
        this(name, host, port, protocols, auth, List.of(), null, false);
    }
}
