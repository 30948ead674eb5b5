package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.socksgateway.deploy.documents.Documents;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first steps of the README, run by a shell as they are written; only ports are free ones, and the target is on this
 * machine. Skips itself where there is no curl.
 */
class FirstStepsIT {

    private static final Path README = Path.of("..", "README.md");
    private static final String COMMAND = "deploy/bin/socks-gateway";
    private static final String GREETING = "hello from the target";

    /** Of curl: the proxy has refused. */
    private static final int PROXY_REFUSED = 97;

    @TempDir
    private Path folder;

    private HttpServer target;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(shell("command -v curl").exitCode() == 0, "no curl on PATH");
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            try (exchange) {
                byte[] answer = GREETING.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        target.start();
    }

    @AfterEach
    void stop() {
        if (target != null) {
            target.stop(0);
        }
    }

    private Distribution.Outcome shell(String line) throws IOException, InterruptedException {
        Path script = Path.of("target", "dist", "socks-gateway", "bin", "socks-gateway");
        ProcessBuilder shell = new ProcessBuilder(
                "sh", "-c", line.replace(COMMAND, script.toAbsolutePath().toString()));
        shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Distribution.end(shell.directory(folder.toFile()).start(), "");
    }

    /** The line that has it, of the blocks of commands. */
    private static String line(String part) throws IOException {
        return Documents.blocks(README, "sh").stream()
                .flatMap(block -> block.text().lines())
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static String json(String part) throws IOException {
        return Documents.blocks(README, "json").stream()
                .map(Documents.Block::text)
                .filter(text -> text.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private String here(String curl, int port) {
        return curl.replace(":1080", ":" + port)
                .replace("127.0.0.1:8000", "127.0.0.1:" + target.getAddress().getPort())
                .replace(
                        "https://example.com/",
                        "http://localhost:" + target.getAddress().getPort() + "/");
    }

    @Test
    void withAPasswordAndARule() throws Exception {
        Distribution.Outcome hash = shell(line(" hash"));
        assertThat(hash.exitCode()).as(hash.err()).isZero();
        JsonObject configuration = new JsonObject(json("PASTE-YOURS")
                        .replace("{argon2id}PASTE-YOURS", hash.out().strip()))
                .mergeIn(new JsonObject("{" + json("127.0.0.0/8") + "}"));
        configuration
                .getJsonArray("listeners")
                .getJsonObject(0)
                .put("host", "127.0.0.1")
                .put("port", 0);
        Path file = Files.writeString(folder.resolve("gateway.json"), configuration.encodePrettily());

        Distribution.Outcome check = shell(line(" check "));
        assertThat(check.out()).isEqualTo("gateway.json: OK");

        try (PackagedGateway gateway = PackagedGateway.launch("--config", file.toString())
                .keeping("correct horse")
                .awaitReady()) {
            int port = gateway.listener("office").getPort();
            Distribution.Outcome answer = shell(here(line("alice:correct horse"), port));
            assertThat(answer.out()).as(answer.err()).isEqualTo(GREETING);
        }
    }

    @Test
    void whatIsRefused() throws Exception {
        try (PackagedGateway gateway =
                PackagedGateway.launch("--listen", "127.0.0.1:0").awaitReady()) {
            int port = gateway.listener("default").getPort();
            for (String curl : List.of(line("127.0.0.1:8000"), line("https://example.com/"))) {
                Distribution.Outcome answer = shell(here(curl, port));
                assertThat(answer.exitCode()).as(answer.err()).isEqualTo(PROXY_REFUSED);
                assertThat(answer.err()).contains("(2)");
            }
        }
    }

    /** What the two commands of the cluster name is there; that it does what is said of it, another test shows. */
    @Test
    void aClusterInTwoCommands() throws Exception {
        List<String> files = Stream.of(line("node-1.json"), line("node-2.json"))
                .map(line -> line.replaceFirst(".* --config ", ""))
                .toList();

        assertThat(files).hasSize(2).allSatisfy(file -> {
            Distribution.Outcome check = Distribution.run("", "check", "--config", "../" + file);
            assertThat(check.out()).as(check.err()).isEqualTo("../" + file + ": OK");
        });
    }
}
