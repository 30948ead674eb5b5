package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.Distribution.Outcome;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin endpoint of packaged gateways, and the commands that talk to it. */
class AdminIT {

    private static final String TOKEN = "token-91c7e2aa05d4";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private int status(URI endpoint, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static URI endpoint(PackagedGateway gateway) {
        Matcher line =
                Pattern.compile(" admin on (http://\\S+)").matcher(gateway.log().text());
        assertThat(line.find()).isTrue();
        return URI.create(line.group(1));
    }

    private Outcome command(URI endpoint, String... arguments) throws IOException, InterruptedException {
        String[] line = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--admin", endpoint.toString(), "--token-file", token().toString()))
                .toArray(String[]::new);
        return Distribution.run("", line);
    }

    private Path token() throws IOException {
        return Files.writeString(folder.resolve("token"), TOKEN);
    }

    private String configuration(int port, String more) throws IOException {
        return """
                {"listeners": [{"name": "open", "port": 0}],
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "admin": {"port": %d, "token": {"file": "%s"}}%s}""".formatted(port, token(), more);
    }

    private String configuration(String more) throws IOException {
        return configuration(0, more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void anEndpointThatOthersReachWantsAToken(String command) throws Exception {
        Path config =
                Files.writeString(folder.resolve("open.json"), "{\"admin\": {\"host\": \"0.0.0.0\", \"port\": 0}}");

        Outcome outcome = Distribution.run("", command, "--config", config.toString());

        assertThat(outcome.exitCode()).isEqualTo(23);
        assertThat(outcome.err()).contains("admin.token: is missing").doesNotContain("\tat ");
    }

    @Test
    void anEndpointThatCannotListenKeepsTheGatewayFromStarting() throws Exception {
        try (PackagedGateway first = PackagedGateway.start(folder, configuration(""))) {
            Path config = Files.writeString(
                    folder.resolve("second.json"),
                    "{\"listeners\": [{\"port\": 0}], \"admin\": {\"port\": %d, \"token\": {\"file\": \"token\"}}}"
                            .formatted(endpoint(first).getPort()));

            Outcome second = Distribution.run("", "run", "--config", config.toString());

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err())
                    .contains("The gateway cannot start: admin: cannot listen on 127.0.0.1 port "
                            + endpoint(first).getPort())
                    .doesNotContain("\tat ");
        }
    }

    /** A balancer sees it before the sessions are over, and whoever drains sees how many are left. */
    @Test
    void drainMakesItUnreadyAndEndsItsProcess() throws Exception {
        int port = FreePorts.take(1).get(0); // nobody else's when the gateway has left it
        try (PackagedGateway gateway = PackagedGateway.start(
                                folder, configuration(port, ", \"timeouts\": {\"drain\": \"1h\"}"))
                        .keeping(TOKEN);
                TestTarget echo = TestTarget.echo();
                SocksClient last = gateway.client("open").tunnelTo(echo.address())) {
            URI endpoint = endpoint(gateway);
            assertThat(status(endpoint, "/health/ready")).isEqualTo(200);

            Outcome begun = command(endpoint, "drain", "--no-wait");
            assertThat(begun.out()).contains("draining, 1 session left");
            Await.until("it is not ready", () -> isStatus(endpoint, "/health/ready", 503));
            assertThat(status(endpoint, "/health/live")).isEqualTo(200);
            assertThat(command(endpoint, "nodes").out()).contains("draining");
            last.send("05");
            assertThat(last.read(1)).hasSize(1);

            last.finish().expectEnd();
            assertThat(gateway.awaitExit()).isZero();
            assertThat(command(endpoint, "nodes").err()).contains("the connection is refused");
        }
    }

    private boolean isStatus(URI endpoint, String path, int expected) {
        try {
            return status(endpoint, path) == expected;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    @Test
    void allNodesAreListedAndTheirSessionsEndedByAnyOfThem() throws Exception {
        List<Integer> ports = FreePorts.take(2);
        List<PackagedGateway> both = List.of(node(1, ports), node(2, ports));
        try (TestTarget echo = TestTarget.echo()) {
            PackagedGateway.awaitTogether(both);
            PackagedGateway second = both.get(1);
            try (SocksClient one = both.get(0).client("open").tunnelTo(echo.address());
                    SocksClient two = second.client("open").tunnelTo(echo.address())) {
                for (PackagedGateway node : both) {
                    URI endpoint = endpoint(node);
                    // a node that is held up for seconds is listed as silent
                    Await.until(
                            "both nodes are told of",
                            () -> said(endpoint, "nodes")
                                            .lines()
                                            .filter(line -> line.matches("edge-[12] .*"))
                                            .count()
                                    == 2);
                    Await.until(
                            "both sessions are told of",
                            () -> said(endpoint, "sessions").lines().count() == 3);
                }
                Outcome killed = command(endpoint(both.get(0)), "kill", "--client", "127.0.0.1");
                assertThat(killed.out()).isEqualTo(killed.err().isEmpty() ? "2 sessions ended" : "1 session ended");
                one.expectReset();
                two.expectReset();
                assertThat(second.session(two.socket()).getString("reason")).isEqualTo("killed");
            }
        } finally {
            PackagedGateway.close(both);
        }
    }

    private String said(URI endpoint, String... arguments) {
        try {
            return command(endpoint, arguments).out();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private PackagedGateway node(int number, List<Integer> ports) throws IOException {
        return PackagedGateway.launchWith(
                        folder, configuration("""
                                , "node": {"name": "edge-%d"},
                                "cluster": {"port": %d, "members": ["127.0.0.1:%d", "127.0.0.1:%d"]},
                                "timeouts": {"drain": "0s"}""".formatted(number, ports.get(number - 1), ports.get(0), ports.get(1))))
                .expectingLosses();
    }
}
