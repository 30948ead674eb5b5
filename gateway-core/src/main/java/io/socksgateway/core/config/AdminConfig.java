package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/**
 * Section {@code admin}: where operators and monitoring reach the node.
 *
 * <p>Immutable.
 *
 * @param port 0 for any free one
 * @param token what everything but health asks for; null only on a loopback address
 * @param tls null for plain HTTP
 * @param topUsers of how many users, those with the most open sessions, there are metrics; 0 for none
 */
public record AdminConfig(
        String host,
        int port,
        @Nullable Secret token,
        @Nullable TlsConfig tls,
        int topUsers) {

    /** Whether a header can carry this and its reader gets the same: printable ASCII, and no space. */
    public static boolean isToken(Secret secret) {
        return secret.value().chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
