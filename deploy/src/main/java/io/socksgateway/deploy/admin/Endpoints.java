package io.socksgateway.deploy.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is served, by path and method. A path that is asked with another method says which ones it has.
 *
 * <p>Confined to one thread.
 */
final class Endpoints {

    private static final String API = "/api/";

    private final Map<String, Map<String, Handler<RoutingContext>>> byPath = new LinkedHashMap<>();

    /**
     * One that is read.
     *
     * @param parameters that the query of a request to the API may have
     */
    void get(String path, Handler<RoutingContext> handler, String... parameters) {
        add(HttpMethod.GET, path, handler, parameters);
        add(HttpMethod.HEAD, path, handler, parameters);
    }

    void post(String path, Handler<RoutingContext> handler) {
        add(HttpMethod.POST, path, handler);
    }

    /**
     * One that ends something.
     *
     * @param parameters that the query of a request to the API may have
     */
    void delete(String path, Handler<RoutingContext> handler, String... parameters) {
        add(HttpMethod.DELETE, path, handler, parameters);
    }

    private void add(HttpMethod method, String path, Handler<RoutingContext> handler, String... parameters) {
        Handler<RoutingContext> strict = request -> {
            Parameters.check(request, parameters);
            handler.handle(request);
        };
        byPath.computeIfAbsent(path, any -> new TreeMap<>())
                .put(method.name(), path.startsWith(API) ? strict : handler);
    }

    void addTo(Router router) {
        byPath.forEach((path, methods) -> {
            methods.forEach((method, handler) ->
                    router.route(HttpMethod.valueOf(method), path).handler(handler));
            String allowed = methods.keySet().stream().collect(Collectors.joining(", "));
            router.route(path).handler(request -> {
                request.response().putHeader("Allow", allowed);
                request.fail(405);
            });
        });
    }

    /** Every path with its methods; parameters as {@code :name}. */
    Map<String, Set<String>> methods() {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        byPath.forEach((path, handlers) -> methods.put(path, Set.copyOf(handlers.keySet())));
        return methods;
    }
}
