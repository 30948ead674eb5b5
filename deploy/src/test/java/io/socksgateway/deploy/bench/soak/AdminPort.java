package io.socksgateway.deploy.bench.soak;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The gateway's admin endpoint.
 *
 * <p>Thread-safe.
 */
final class AdminPort {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    AdminPort(String base, String token) {
        this.base = URI.create(base);
        this.token = token;
    }

    /** Sends a request without a body, and returns the status. */
    int status(String method, String path) throws IOException, InterruptedException {
        return send(method, path).statusCode();
    }

    JsonObject json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path);
        if (answer.statusCode() != 200) {
            throw new Surprise(path + " answers " + answer.statusCode());
        }
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Metrics metrics() throws IOException, InterruptedException {
        return Metrics.parse(send("GET", "/metrics").body());
    }

    /** Sessions that quotas count. */
    int countedSessions() throws IOException, InterruptedException {
        int counted = 0;
        for (Object use : json("/api/v1/quotas?limit=1000").getJsonArray("use")) {
            counted += ((JsonObject) use).getInteger("sessions", 0);
        }
        return counted;
    }
}
