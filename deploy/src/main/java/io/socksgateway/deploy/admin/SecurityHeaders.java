package io.socksgateway.deploy.admin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** What browsers are told about every answer: to keep, embed, guess and run nothing. */
final class SecurityHeaders {

    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence RESOURCE_POLICY = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");

    private SecurityHeaders() {}

    static void addTo(RoutingContext request) {
        addTo(request.response());
        if (isReadable(request)) {
            request.next();
        } else {
            request.fail(400);
        }
    }

    /** Whether path and query can be decoded: whoever asks for them later may rely on it. */
    private static boolean isReadable(RoutingContext request) {
        try {
            return request.normalizedPath() != null && request.queryParams() != null;
        } catch (RuntimeException e) { // it has several for this
            return false;
        }
    }

    static void addTo(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(TYPE_OPTIONS, "nosniff")
                .putHeader(REFERRER_POLICY, "no-referrer")
                .putHeader(RESOURCE_POLICY, "same-origin");
        contentPolicy(response, "default-src 'none'; frame-ancestors 'none'");
    }

    /** Replaces what a page may load and run. */
    static void contentPolicy(HttpServerResponse response, String policy) {
        response.putHeader(CONTENT_SECURITY_POLICY, policy);
    }
}
