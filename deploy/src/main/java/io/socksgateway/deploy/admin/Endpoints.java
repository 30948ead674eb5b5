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

    private final Map<String, Map<String, Handler<RoutingContext>>> byPath = new LinkedHashMap<>();

    void get(String path, Handler<RoutingContext> handler) {
        add(HttpMethod.GET, path, handler);
        add(HttpMethod.HEAD, path, handler);
    }

    void post(String path, Handler<RoutingContext> handler) {
        add(HttpMethod.POST, path, handler);
    }

    void delete(String path, Handler<RoutingContext> handler) {
        add(HttpMethod.DELETE, path, handler);
    }

    private void add(HttpMethod method, String path, Handler<RoutingContext> handler) {
        byPath.computeIfAbsent(path, any -> new TreeMap<>()).put(method.name(), handler);
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
