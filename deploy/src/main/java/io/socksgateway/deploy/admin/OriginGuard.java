package io.socksgateway.deploy.admin;

import io.socksgateway.core.address.Addresses;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of others, that an operator's browser may show, away from the endpoint. What a browser sends for such a page
 * has its origin. Without a token the name that it asks for must be this machine's own too, as a name of others may
 * have been pointed here.
 *
 * <p>Immutable.
 *
 * @param anyName whether it may be reached by any name, as only who has the token is served
 */
record OriginGuard(boolean anyName) implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext request) {
        HttpServerRequest http = request.request();
        HostAndPort authority = http.authority();
        String site = http.getHeader("Sec-Fetch-Site");
        boolean foreign = !isOwn(http.getHeader(HttpHeaders.ORIGIN), authority)
                || "cross-site".equals(site)
                || "same-site".equals(site);
        if (foreign || (!anyName && !isLoopback(authority))) {
            request.fail(403);
        } else {
            request.next();
        }
    }

    private static boolean isOwn(@Nullable String origin, @Nullable HostAndPort authority) {
        return origin == null
                || (authority != null
                        && (origin.equals("http://" + authority) || origin.equals("https://" + authority)));
    }

    private static boolean isLoopback(@Nullable HostAndPort authority) {
        return authority != null
                && (authority.host().equalsIgnoreCase("localhost")
                        || Addresses.parse(authority.host())
                                .map(InetAddress::isLoopbackAddress)
                                .orElse(false));
    }
}
