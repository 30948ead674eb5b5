package io.socksgateway.deploy.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The connections to the admin endpoint, of which there are only so many. One more takes the place of that which has asked for
 * nothing for longest, if there is one of those that have not had the token: health checks, scrapes and commands get through,
 * whoever holds connections. A connection that has not sent a whole request yet is not waited for.
 *
 * <p>Confined to its event loop.
 */
final class AdminConnections {

    private enum Standing {
        SILENT,
        HEARD,
        TRUSTED
    }

    private final Vertx vertx;
    private final int most;
    private final long patience;
    /** That which has asked for nothing for longest first. */
    private final Map<HttpConnection, Standing> open = new LinkedHashMap<>();

    /**
     * @param most that are open at a time
     * @param patience milliseconds for the first request to be complete
     */
    AdminConnections(Vertx vertx, int most, long patience) {
        this.vertx = vertx;
        this.most = most;
        this.patience = patience;
    }

    /** Takes a new one in. */
    void admit(HttpConnection connection) {
        if (open.size() >= most) {
            close(leastMissed());
        }
        open.put(connection, Standing.SILENT);
        long timer = vertx.setTimer(patience, late -> {
            if (open.get(connection) == Standing.SILENT) {
                close(connection);
            }
        });
        connection.closeHandler(closed -> {
            boolean unused = vertx.cancelTimer(timer);
            open.remove(connection);
        });
    }

    /** Of the first kind that there is. */
    private HttpConnection leastMissed() {
        return open.entrySet().stream()
                .filter(each -> each.getValue() != Standing.TRUSTED)
                .findFirst()
                .or(() -> open.entrySet().stream().findFirst())
                .orElseThrow()
                .getKey();
    }

    private void close(HttpConnection connection) {
        open.remove(connection); // its place is free now, whenever the other side hears of it
        Future<Void> unused = connection.close();
    }

    /** Has the connection of a request that is complete keep its place before those that wait. */
    void asks(RoutingContext request) {
        rise(request, Standing.HEARD);
    }

    /** The same, as the request had the token. */
    void hasToken(RoutingContext request) {
        rise(request, Standing.TRUSTED);
    }

    private void rise(RoutingContext request, Standing least) {
        HttpConnection connection = request.request().connection();
        Standing before = open.remove(connection);
        if (before != null) {
            open.put(connection, before.compareTo(least) > 0 ? before : least);
        }
        request.next();
    }
}
