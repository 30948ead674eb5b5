package io.socksgateway.deploy.admin;

import io.socksgateway.core.config.Secret;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that have the token (RFC 6750). Digests are compared, in a time that depends on neither token, and
 * only the digest is kept.
 *
 * <p>Thread-safe.
 */
final class BearerToken implements Handler<RoutingContext> {

    private static final String SCHEME = "Bearer ";

    private volatile byte @Nullable [] expected;

    /**
     * @param token null lets everybody pass
     */
    BearerToken(@Nullable Secret token) {
        this.expected = token == null ? null : digest(token.value());
    }

    /** Another one from now on; the one of before is refused. */
    void use(Secret token) {
        expected = digest(token.value());
    }

    @Override
    public void handle(RoutingContext request) {
        byte[] wanted = expected;
        if (wanted == null || isIt(request.request().getHeader(HttpHeaders.AUTHORIZATION), wanted)) {
            request.next();
        } else {
            request.fail(401);
        }
    }

    private static boolean isIt(@Nullable String header, byte[] expected) {
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        digest(header.substring(SCHEME.length()).strip()), expected);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
