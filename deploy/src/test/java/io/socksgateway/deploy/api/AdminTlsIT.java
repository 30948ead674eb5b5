package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import io.socksgateway.core.config.AdminConfig;
import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.deploy.admin.AdminVerticle;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.TestCa;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin endpoint with TLS. */
class AdminTlsIT {

    private static final long LOOK_AT_FILES = 20;

    @TempDir
    private Path folder;

    private final TestCa ca = TestCa.create();

    @Test
    void itSpeaksTlsWithTheConfiguredCertificate() throws Exception {
        TestCa.write(folder, "admin", ca.issue());
        try (AdminGateway gateway = start("")) {
            assertThatThrownBy(() -> gateway.get("/api/v1/nodes")).isInstanceOf(IOException.class);

            gateway.speak(ca.client());
            assertThat(gateway.get("/api/v1/nodes").statusCode()).isEqualTo(200);
            assertThat(gateway.send(gateway.request("/api/v1/nodes")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withClientCaOnlyWhoShowsACertificateIsServed() throws Exception {
        TestCa.write(folder, "admin", ca.issue());
        Files.writeString(folder.resolve("ca.crt"), ca.pem());
        X509Bundle operator = ca.issue();
        X509Bundle stranger = TestCa.create().issue();
        try (AdminGateway gateway = start(", 'clientCa': 'ca.crt'")) {
            gateway.speak(ca.client());
            assertThatThrownBy(() -> gateway.get("/health/live")).isInstanceOf(IOException.class);
            gateway.speak(ca.client(stranger));
            assertThatThrownBy(() -> gateway.get("/health/live")).isInstanceOf(IOException.class);

            gateway.speak(ca.client(operator));
            assertThat(gateway.get("/api/v1/nodes").statusCode()).isEqualTo(200);
        }
    }

    /** The endpoint alone, as the files of a gateway are looked at but every ten seconds. */
    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
        TestCa.write(folder, "admin", ca.issue());
        TestCa renewed = TestCa.create();
        Vertx vertx = Vertx.vertx();
        try {
            AdminVerticle endpoint =
                    new AdminVerticle(config(vertx), LoneEndpoint.serving(null, () -> null, () -> null), LOOK_AT_FILES);
            assertThat(Await.result(vertx.deployVerticle(endpoint))).isNotEmpty();
            assertThat(isTrusted(endpoint, ca)).isTrue();

            TestCa.write(folder, "admin", renewed.issue());
            Await.until("the new certificate is shown", () -> isTrusted(endpoint, renewed));
            assertThat(isTrusted(endpoint, ca)).isFalse();
        } finally {
            Await.result(vertx.close());
        }
    }

    /** As a gateway reads it. */
    private AdminConfig config(Vertx vertx) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.json"), """
                {"admin": {"port": 0, "tls": {"certificate": "admin.crt", "key": "admin.key"}}}""");
        LoadedConfig loaded = Await.result(new ConfigLoader(vertx).load(file));
        return ((LoadedConfig.Valid) loaded).config().admin();
    }

    private static boolean isTrusted(AdminVerticle endpoint, TestCa authority) {
        HttpClient http = HttpClient.newBuilder().sslContext(authority.client()).build();
        URI live = URI.create("https://127.0.0.1:" + endpoint.port() + "/health/live");
        try {
            return http.send(HttpRequest.newBuilder(live).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private AdminGateway start(String more) throws IOException {
        return AdminGateway.start(folder, """
                {'admin': {'token': '%s', 'tls': {'certificate': 'admin.crt', 'key': 'admin.key'%s}}}""".formatted(AdminGateway.TOKEN, more));
    }
}
