package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin endpoint with TLS. */
class AdminTlsIT {

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

    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
        TestCa.write(folder, "admin", ca.issue());
        TestCa renewed = TestCa.create();
        try (AdminGateway gateway = start("")) {
            gateway.speak(ca.client());
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);

            TestCa.write(folder, "admin", renewed.issue());
            Await.until("the new certificate is shown", Duration.ofSeconds(40), () -> isTrusted(gateway, renewed));
        }
    }

    private static boolean isTrusted(AdminGateway gateway, TestCa authority) {
        gateway.speak(authority.client());
        try {
            return gateway.get("/health/live").statusCode() == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private AdminGateway start(String more) throws IOException {
        return AdminGateway.start(folder, """
                {'admin': {'token': '%s', 'tls': {'certificate': 'admin.crt', 'key': 'admin.key'%s}}}""".formatted(AdminGateway.TOKEN, more));
    }
}
