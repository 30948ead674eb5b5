package io.socksgateway.deploy.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the admin endpoint, of which there are only so many. One more takes the place of that which has asked for
 * nothing for longest, if there is one of those that have not had the token: health checks, scrapes and commands get through,
 * whoever holds connections. A connection that has not had the token is not waited for: it has only so long for its first
 * request, and for each after that somewhat longer, as health checks come at intervals.
 *
 * <p>Confined to its event loop.
 */
final class AdminConnections {

    private enum Standing {
        SILENT,
        HEARD,
        TRUSTED
    }

    /** None of those of Vert.x, which begin with 0. */
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final int most;
    private final long first;
    private final long next;
    /** That which has asked for nothing for longest first. */
    private final Map<HttpConnection, Place> open = new LinkedHashMap<>();

    /**
     * Of an open connection.
     *
     * @param timer closes it; {@link #NO_TIMER} once it is trusted
     */
    private record Place(Standing standing, long timer) {}

    /**
     * @param most that are open at a time
     * @param first milliseconds for the first request to be complete, of connections without the token
     * @param next the same for each after that, from when the one before was
     */
    AdminConnections(Vertx vertx, int most, long first, long next) {
        this.vertx = vertx;
        this.most = most;
        this.first = first;
        this.next = next;
    }

    /** Takes a new one in. */
    void admit(HttpConnection connection) {
        if (open.size() >= most) {
            close(leastMissed());
        }
        place(connection, Standing.SILENT);
        connection.closeHandler(closed -> {
            Place unused = remove(connection);
        });
    }

    private void place(HttpConnection connection, Standing standing) {
        long timer =
                switch (standing) {
                    case SILENT -> closing(connection, first);
                    case HEARD -> closing(connection, next);
                    case TRUSTED -> NO_TIMER;
                };
        open.put(connection, new Place(standing, timer));
    }

    private long closing(HttpConnection connection, long patience) {
        return vertx.setTimer(patience, late -> close(connection));
    }

    private @Nullable Place remove(HttpConnection connection) {
        Place place = open.remove(connection);
        if (place != null) {
            boolean unused = vertx.cancelTimer(place.timer);
        }
        return place;
    }

    /** Of the first kind that there is. */
    private HttpConnection leastMissed() {
        return open.entrySet().stream()
                .filter(each -> each.getValue().standing != Standing.TRUSTED)
                .findFirst()
                .or(() -> open.entrySet().stream().findFirst())
                .orElseThrow()
                .getKey();
    }

    private void close(HttpConnection connection) {
        Place unusedPlace = remove(connection); // its place is free now, whenever the other side hears of it
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
        Place before = remove(connection);
        if (before != null) {
            place(connection, before.standing.compareTo(least) > 0 ? before.standing : least);
        }
        request.next();
    }
}
