package io.socksgateway.deploy.admin;

import io.socksgateway.core.net.SparseLog;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line in the log for each request that changes something. Those that are refused, for their token or their origin, have
 * one in ten seconds at the most, as who sends them decides how many there are.
 *
 * <p>Confined to an event loop.
 */
final class AuditLog implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final SparseLog refusals = new SparseLog(LOG, System::nanoTime);
    private final LongAdder refused = new LongAdder();

    @Override
    public void handle(RoutingContext request) {
        request.addEndHandler(ended -> {
            HttpServerRequest http = request.request();
            int status = request.response().getStatusCode();
            if (status == 401 || status == 403) {
                refused.increment();
                refusals.warn("admin: %s %s from %s refused with %d"
                        .formatted(http.method(), printable(http.uri()), http.remoteAddress(), status));
            } else if (!http.method().equals(HttpMethod.GET) && !http.method().equals(HttpMethod.HEAD)) {
                LOG.info(
                        "admin: {} {} from {}: {}", http.method(), printable(http.uri()), http.remoteAddress(), status);
            }
        });
        request.next();
    }

    /** Requests that were refused for their token or their origin. Thread-safe. */
    long refused() {
        return refused.sum();
    }

    /** The path and the query as they were sent, still encoded; but who asks without a token chooses them. */
    private static String printable(@Nullable String uri) {
        return uri == null ? "?" : uri.replaceAll("[^\\x21-\\x7E]", "?");
    }
}
