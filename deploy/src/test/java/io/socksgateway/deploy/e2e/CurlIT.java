package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.socksgateway.testkit.ClosedPort;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new user tries first. Skips itself where there is no curl. */
class CurlIT {

    private static final String PASSWORD = "right-horse-7311";
    private static final String WRONG = "wrong-horse-1137";
    private static final String GREETING = "hello from the target";

    /** Of curl: the proxy has refused. */
    private static final int PROXY_REFUSED = 97;

    @TempDir
    private static Path folder;

    private static ExecutorService httpThreads;
    private static HttpServer target;
    private static PackagedGateway gateway;

    private record Answer(int exitCode, String body, String err) {}

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(part -> Files.isExecutable(Path.of(part, "curl"))),
                "no curl on PATH");
        httpThreads = Executors.newCachedThreadPool();
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(httpThreads);
        target.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                byte[] answer = body.length == 0 ? GREETING.getBytes(StandardCharsets.UTF_8) : body;
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        target.start();
        gateway = PackagedGateway.start(folder, """
                {"listeners": [{"name": "open", "port": 0, "auth": "none"},
                               {"name": "login", "port": 0, "auth": "userpass"}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "log": {"level": "debug"}}""".formatted(PASSWORD)).keeping(PASSWORD, WRONG);
    }

    @AfterAll
    static void stop() {
        if (target != null) {
            target.stop(0);
            httpThreads.shutdownNow();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--socks4", "--socks4a", "--socks5", "--socks5-hostname"})
    void everyModeGetsThrough(String mode) throws Exception {
        Answer answer = curl(mode, proxy("open"), "http://localhost:" + port() + "/");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.body()).isEqualTo(GREETING);
        assertThat(answer.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--socks5", "--socks5-hostname"})
    void theRightPasswordGetsThrough(String mode) throws Exception {
        Answer answer =
                curl(mode, proxy("login"), "--proxy-user", "alice:" + PASSWORD, "http://127.0.0.1:" + port() + "/");

        assertThat(answer.body()).isEqualTo(GREETING);
        assertThat(answer.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice:" + WRONG, "mallory:" + PASSWORD, "alice:"})
    void theWrongOneDoesNot(String credentials) throws Exception {
        Answer answer =
                curl("--socks5", proxy("login"), "--proxy-user", credentials, "http://127.0.0.1:" + port() + "/");

        assertThat(answer.exitCode()).isEqualTo(PROXY_REFUSED);
        assertThat(answer.err()).containsIgnoringCase("rejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--socks4", "--socks4a", "--socks5", "--socks5-hostname"})
    void aRefusedPortIsSaidToBe(String mode) throws Exception {
        int closed = ClosedPort.port();

        Answer answer = curl(mode, proxy("open"), "http://127.0.0.1:" + closed + "/");

        assertThat(answer.exitCode()).isEqualTo(PROXY_REFUSED);
        assertThat(answer.err()).contains(mode.startsWith("--socks5") ? "(5)" : "(91)");
    }

    @Test
    void bringsAFileThereAndBack() throws Exception {
        byte[] bytes = new byte[16 << 20];
        new Random(7).nextBytes(bytes);
        Path file = Files.write(folder.resolve("upload"), bytes);
        Path back = folder.resolve("download");

        Answer answer = curl(
                "--socks5-hostname",
                proxy("open"),
                "--data-binary",
                "@" + file,
                "--output",
                back.toString(),
                "http://localhost:" + port() + "/");

        assertThat(answer.exitCode()).isZero();
        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    }

    private static Answer curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--show-error", "--noproxy", "", "--ipv4", "--max-time", "20"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        try {
            Lines err = new Lines(process.getErrorStream(), () -> "");
            String body = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Answer(process.exitValue(), body, err.whole());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String proxy(String listener) {
        return "127.0.0.1:" + gateway.listener(listener).getPort();
    }

    private static int port() {
        return target.getAddress().getPort();
    }
}
