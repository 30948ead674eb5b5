package io.socksgateway.deploy.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Lets everybody in, and names the quota that users are under: {@code traffic-2} is under {@code traffic}. */
final class LoginService implements AutoCloseable {

    private final HttpServer server;

    private LoginService(HttpServer server) {
        this.server = server;
    }

    static LoginService start(InetAddress address) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 64);
        server.createContext("/", LoginService::answer);
        server.start();
        return new LoginService(server);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String user = new JsonObject(question).getString("user");
            byte[] answer = new JsonObject()
                    .put("result", "accepted")
                    .put("quota", user.substring(0, user.indexOf('-')))
                    .encode()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
