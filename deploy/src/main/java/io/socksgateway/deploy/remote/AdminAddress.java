package io.socksgateway.deploy.remote;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.config.AdminAccess;
import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.Secret;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an admin endpoint is, and what its client has to show and to trust.
 *
 * <p>Immutable.
 *
 * @param token printable ASCII without spaces, or null
 * @param pinned the one certificate that is trusted; null for those that CAs vouch for
 * @param authorities file of the CAs in PEM; null for those of the system
 * @param certificate file of the client's own certificate in PEM, or null
 * @param key file of its key, or null
 */
public record AdminAddress(
        URI base,
        @Nullable Secret token,
        @Nullable X509Certificate pinned,
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key) {

    /** Whoever reports what a header must not hold would show the token. */
    public AdminAddress {
        if (token != null && !AdminConfig.isToken(token)) {
            throw new IllegalArgumentException(
                    "the token has a character that no token has (expected: printable ASCII without spaces)");
        }
    }

    /**
     * The endpoint of this machine that a configuration describes.
     *
     * @throws IllegalArgumentException if its port is not known
     */
    public static AdminAddress of(AdminAccess.Found admin) {
        if (admin.port() == 0) {
            throw new IllegalArgumentException(
                    "admin.port is 0, any free one: give --admin URL with the one that the gateway's log names");
        }
        String host = reachable(admin.host());
        String authority = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + admin.port();
        return new AdminAddress(
                URI.create((admin.secure() ? "https://" : "http://") + authority),
                admin.token(),
                admin.certificate(),
                null,
                null,
                null);
    }

    /** What is bound to all addresses is reached by the loopback one. */
    private static String reachable(String host) {
        Optional<InetAddress> all = Addresses.parse(host).filter(InetAddress::isAnyLocalAddress);
        return all.map(address -> address instanceof Inet6Address ? "::1" : "127.0.0.1")
                .orElse(host);
    }

    /**
     * The endpoint at a URL.
     *
     * @throws IllegalArgumentException if it is no URL of HTTP with a host
     */
    public static AdminAddress at(String url, @Nullable Secret token, @Nullable Path authorities) {
        URI base;
        try {
            base = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + url + "' (expected: http://HOST:PORT or https://HOST:PORT)", e);
        }
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        String path = base.getPath();
        boolean bare = path == null || path.isEmpty() || path.equals("/");
        if (base.getHost() == null || !bare || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("'" + url + "' (expected: http://HOST:PORT or https://HOST:PORT)");
        }
        return new AdminAddress(base, token, null, authorities, null, null);
    }

    /** What the configuration of a gateway says of its clients, for the endpoint at a URL. */
    public static AdminAddress at(String url, AdminAccess.Found admin) {
        AdminAddress there = at(url, admin.token(), null);
        return new AdminAddress(there.base(), there.token(), admin.certificate(), null, null, null);
    }

    /** The same, with another token. */
    public AdminAddress with(Secret other) {
        return new AdminAddress(base, other, pinned, authorities, certificate, key);
    }

    /** The same, for a certificate that one of these CAs vouches for. */
    public AdminAddress trusting(Path others) {
        return new AdminAddress(base, token, null, others, certificate, key);
    }

    /** The same, with a certificate to show. */
    public AdminAddress showing(@Nullable Path ownCertificate, @Nullable Path ownKey) {
        return new AdminAddress(base, token, pinned, authorities, ownCertificate, ownKey);
    }

    boolean isSecure() {
        return "https".equalsIgnoreCase(base.getScheme());
    }

    int port() {
        return base.getPort() >= 0 ? base.getPort() : isSecure() ? 443 : 80;
    }

    /** Without brackets. */
    String host() {
        String host = base.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
