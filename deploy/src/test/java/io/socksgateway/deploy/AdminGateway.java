package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A gateway in this process with an admin endpoint, and a client of it that has the token. */
public final class AdminGateway implements AutoCloseable {

    public static final String TOKEN = "token-5e0c9b7a41";

    private final Service service;
    private final URI base;
    private HttpClient http = HttpClient.newHttpClient();

    private AdminGateway(Service service, URI base) {
        this.service = service;
        this.base = base;
    }

    /**
     * Starts one on free ports, with a listener "public".
     *
     * @param more sections of the configuration, in single quotes
     */
    public static AdminGateway start(Path folder, String more) throws IOException {
        JsonObject config = new JsonObject(more.replace('\'', '"'))
                .put("timeouts", new JsonObject().put("drain", "0s"))
                .put(
                        "listeners",
                        JsonArray.of(new JsonObject().put("name", "public").put("port", 0)))
                .put("log", new JsonObject().put("access", new JsonObject().put("path", "access.log")));
        JsonObject admin = config.getJsonObject("admin", new JsonObject().put("token", TOKEN));
        config.put("admin", admin.put("port", 0));
        Path file = Files.writeString(Files.createTempFile(folder, "admin", ".json"), config.encode());
        Service service;
        try {
            service = Service.start(new RunArguments(file, null));
        } catch (CommandFailure e) {
            throw new AssertionError(e);
        }
        String scheme = admin.containsKey("tls") ? "https" : "http";
        return new AdminGateway(service, URI.create(scheme + "://127.0.0.1:" + service.adminPort()));
    }

    /** Speaks TLS as this says from now on. */
    public void speak(SSLContext tls) {
        http = HttpClient.newBuilder().sslContext(tls).build();
    }

    /** A request with the token, without a body. */
    public HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + TOKEN));
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    public JsonObject json(String path) throws IOException, InterruptedException {
        return new JsonObject(get(path).body());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A request without the token. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    public URI base() {
        return base;
    }

    public SocksClient client() throws IOException {
        return SocksClient.connect(service.gateway().listeners().get("public"));
    }

    /** Waits until no session is open and no quota counts one: those of clients that have left end a little later. */
    public void awaitNobody() {
        Await.until("nobody is there", () -> {
            try {
                return json("/api/v1/sessions").getInteger("total") == 0
                        && json("/api/v1/quotas?limit=1000").getJsonArray("use").stream()
                                .allMatch(use -> ((JsonObject) use).getInteger("sessions", 0) == 0);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Override
    public void close() {
        assertThat(service.stop()).isTrue();
    }
}
