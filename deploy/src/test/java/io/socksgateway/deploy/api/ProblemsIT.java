package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.deploy.admin.AdminServices;
import io.socksgateway.deploy.admin.AdminVerticle;
import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every error of the API is a problem document, as the OpenAPI document says. */
class ProblemsIT {

    @TempDir
    private static Path folder;

    private static AdminGateway gateway;
    private static ApiDocument document;

    @BeforeAll
    static void start() throws Exception {
        gateway = AdminGateway.start(folder, "{}");
        document = new ApiDocument(gateway.json("/api/v1/openapi.json"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpRequest.Builder request(String operation, Rest body) {
        String[] parts = operation.split(" ", 2);
        String path = parts[1].replaceAll("\\{address}", "192.0.2.1").replaceAll("\\{\\w+}", "x");
        return gateway.request(path + body.query).method(parts[0], body.publisher);
    }

    /** What a request has beside its method and path. */
    private record Rest(String query, HttpRequest.BodyPublisher publisher) {
        static final Rest NOTHING = new Rest("", BodyPublishers.noBody());
        static final Rest SOMETHING = new Rest("", BodyPublishers.ofString("{\"rules\": []}"));
        static final Rest MUCH = new Rest("", BodyPublishers.ofString("x".repeat(10_000)));
        static final Rest UNKNOWN_PARAMETER = new Rest("?listner=x", BodyPublishers.noBody());
    }

    private static HttpResponse<String> ask(String operation, Rest body) throws Exception {
        return gateway.send(request(operation, body).header("Authorization", "Bearer " + AdminGateway.TOKEN));
    }

    /** Neither is done what was asked, or a drain would end this test. */
    @Test
    void everyOperationOfTheApiRefusesInTheSameWay() throws Exception {
        for (String operation : document.operations()) {
            if (!operation.contains(" /api/")) {
                continue;
            }
            document.assertProblem(operation, 401, gateway.send(request(operation, Rest.NOTHING)));
            document.assertProblem(
                    operation,
                    403,
                    gateway.send(request(operation, Rest.NOTHING)
                            .header("Authorization", "Bearer " + AdminGateway.TOKEN)
                            .header("Origin", "https://evil.example")));
            document.assertProblem(operation, 400, ask(operation, Rest.UNKNOWN_PARAMETER));
            document.assertProblem(operation, 415, ask(operation, Rest.SOMETHING));
            document.assertProblem(operation, 413, ask(operation, Rest.MUCH));
            String other = "PUT" + operation.substring(operation.indexOf(' '));
            document.assertProblem(operation, 405, ask(other, Rest.NOTHING));
        }
        document.assertProblem("GET /api/v1/nodes", 404, gateway.get("/api/v1/nothing"));
    }

    /** As curl sends it if nobody says otherwise. */
    @Test
    void aFormIsABodyToo() throws Exception {
        document.assertProblem(
                "POST /api/v1/reload",
                415,
                gateway.send(gateway.request("/api/v1/reload")
                        .POST(BodyPublishers.ofString("force=true"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", "Bearer " + AdminGateway.TOKEN)));
    }

    private static String fail() {
        throw new IllegalStateException("detail-7f31");
    }

    @Test
    void whatGoesWrongWithinIsInTheLogAndNotInTheAnswer() throws Exception {
        Vertx vertx = Vertx.vertx();
        AdminServices broken = LoneEndpoint.serving(null, ProblemsIT::fail, () -> new JsonObject(fail()));
        AdminVerticle verticle = new AdminVerticle(new AdminConfig("127.0.0.1", 0, null, null, 0), broken);
        try (LogCapture log = LogCapture.open()) {
            assertThat(vertx.deployVerticle(verticle).await(30, TimeUnit.SECONDS))
                    .isNotEmpty();
            for (String path : new String[] {"/metrics", "/api/v1/config"}) {
                HttpResponse<String> answer = get(verticle.port(), path);

                document.assertProblem("GET /api/v1/config", 500, answer);
                assertThat(answer.body()).doesNotContain("detail-7f31");
                log.await("GET " + path + " failed");
            }
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    /** Nobody knows yet whether the new configuration will be in force, so the answer does not say that it is not. */
    @Test
    void aReloadThatTakesLongIsNeitherAppliedNorRefused() throws Exception {
        Queue<TimeoutException> ends =
                new ArrayDeque<>(List.of(new TimeoutException(), new Operations.StillQueuedException()));
        Vertx vertx = Vertx.vertx();
        Operations slow = new Operations() {
            @Override
            public void drain() {}

            @Override
            public Future<Reload> reload() {
                return Future.failedFuture(ends.remove());
            }
        };
        AdminServices services = LoneEndpoint.serving(slow, () -> null, () -> null);
        AdminVerticle verticle = new AdminVerticle(new AdminConfig("127.0.0.1", 0, null, null, 0), services);
        try {
            assertThat(vertx.deployVerticle(verticle).await(30, TimeUnit.SECONDS))
                    .isNotEmpty();
            HttpResponse<String> answer = send("POST", verticle.port(), "/api/v1/reload");
            document.assertProblem("POST /api/v1/reload", 504, answer);
            assertThat(answer.body()).contains("still being applied").doesNotContain("not applied");
            HttpResponse<String> behind = send("POST", verticle.port(), "/api/v1/reload");
            document.assertProblem("POST /api/v1/reload", 503, behind);
            assertThat(behind.body())
                    .contains("An earlier reload is still under way")
                    .doesNotContain("not applied");
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send("GET", port, path);
    }

    private static HttpResponse<String> send(String method, int port, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
    }
}
