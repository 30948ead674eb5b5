package io.socksgateway.deploy.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An admin endpoint that answers what it was told, once each; then, and to what it was not told of, it ends the connection. */
public final class FakeEndpoint implements AutoCloseable {

    private record Answer(int status, String body) {}

    private static final int NONE = 0;

    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private FakeEndpoint(HttpServer server) {
        this.server = server;
    }

    public static FakeEndpoint start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeEndpoint endpoint = new FakeEndpoint(server);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    /**
     * What is answered next.
     *
     * @param request method and path, below {@code /api/v1/}, with its query
     * @param body in single quotes
     */
    public FakeEndpoint answer(String request, int status, String body) {
        answers.computeIfAbsent(request, any -> new ConcurrentLinkedQueue<>())
                .add(new Answer(status, body.replace('\'', '"')));
        return this;
    }

    /** Next it ends the connection. */
    FakeEndpoint end(String request) {
        return answer(request, NONE, "");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1/", "");
            String request = exchange.getRequestMethod() + " " + path;
            requests.add(request);
            Answer answer =
                    answers.getOrDefault(request, new ConcurrentLinkedQueue<>()).poll();
            if (answer == null || answer.status() == NONE) {
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** All that have come, in order. */
    public List<String> requests() {
        return requests;
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
