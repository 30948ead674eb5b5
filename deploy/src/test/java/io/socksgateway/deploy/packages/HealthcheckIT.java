package io.socksgateway.deploy.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.TestTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health check of the image: it needs nothing but a shell, and believes nothing but 200. */
class HealthcheckIT {

    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();

    @BeforeAll
    static void needsBash() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not installed");
    }

    private static int check(int port) throws IOException, InterruptedException {
        String[] command = {"container/healthcheck", "127.0.0.1", String.valueOf(port), "/health/ready"};
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        return process.exitValue();
    }

    private void answer(Socket connection, String answer) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        asked.add(in.readLine());
        in.lines().takeWhile(line -> !line.isEmpty()).forEach(header -> {});
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\n\r\n', 0",
        "'HTTP/1.1 200\r\n\r\n', 0",
        "'HTTP/1.1 503 Service Unavailable\r\n\r\n', 1",
        "'HTTP/1.1 2000\r\n\r\n', 1",
        "'SSH-2.0-x 200\r\n', 1",
        "'', 1"
    })
    void only200IsGood(String answer, int exitCode) throws Exception {
        try (TestTarget server = TestTarget.serving(connection -> answer(connection, answer))) {
            assertThat(check(server.port())).isEqualTo(exitCode);
            assertThat(asked.take()).isEqualTo("GET /health/ready HTTP/1.1");
        }
    }

    @Test
    void nobodyThereIsBad() throws Exception {
        assertThat(check(ClosedPort.port())).isEqualTo(1);
    }

    @Test
    void silenceIsBadAfterThreeSeconds() throws Exception {
        try (TestTarget silent = TestTarget.manual()) {
            assertThat(check(silent.port())).isEqualTo(1);
        }
    }
}
