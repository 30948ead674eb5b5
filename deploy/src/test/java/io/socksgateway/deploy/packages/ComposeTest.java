package io.socksgateway.deploy.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.GatewayConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the Compose file without running it, which needs a container engine: its parts fit together. */
class ComposeTest {

    private static final Path FOLDER = Path.of("compose");
    private static final List<String> NODES = List.of("edge-1", "edge-2", "edge-3");

    private static JsonObject compose;

    @BeforeAll
    static void read() throws IOException {
        compose = Yaml.file(FOLDER.resolve("compose.yaml"));
    }

    private static JsonObject service(String name) {
        return compose.getJsonObject("services").getJsonObject(name);
    }

    private static String address(String node) {
        return service(node).getJsonObject("networks").getJsonObject("gateway").getString("ipv4_address");
    }

    @Test
    void imagesHaveATagAndNoRegistry() {
        assertThat(compose.getJsonObject("services")).allSatisfy(service -> {
            String image = ((JsonObject) service.getValue()).getString("image");
            assertThat(image).matches("socks-gateway|[a-z]+(/[a-z]+)?:v?[0-9][\\w.]*");
        });
    }

    /** Builds run side by side, and the second one of a name fails. */
    @Test
    void anImageIsBuiltOnce() {
        List<String> built = compose.getJsonObject("services").stream()
                .map(service -> (JsonObject) service.getValue())
                .filter(service -> service.containsKey("build"))
                .map(service -> service.getString("image"))
                .toList();
        assertThat(built).doesNotHaveDuplicates().containsExactly("socks-gateway");
    }

    /** The context of the build is the repository, with this folder. */
    @Test
    void secretsStayOutOfTheBuild() throws IOException {
        assertThat(Files.readAllLines(Path.of("container", "Dockerfile.dockerignore")))
                .contains("**/secrets");
    }

    @Test
    void everyFileThatIsMountedIsThere() {
        assertThat(compose.getJsonObject("services")).allSatisfy(service -> {
            JsonArray volumes = ((JsonObject) service.getValue()).getJsonArray("volumes", new JsonArray());
            assertThat(volumes.stream().map(String::valueOf).filter(volume -> volume.startsWith(".")))
                    .allSatisfy(volume ->
                            assertThat(FOLDER.resolve(volume.split(":", 2)[0])).exists());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge-1", "edge-2", "edge-3"})
    void aNodeIsLockedDownAndMayFinishItsSessions(String name, @TempDir Path folder) throws IOException {
        JsonObject node = service(name);

        assertThat(node.getBoolean("read_only")).isTrue();
        assertThat(node.getJsonArray("cap_drop")).containsExactly("ALL");
        assertThat(node.getJsonArray("security_opt")).containsExactly("no-new-privileges:true");
        assertThat(compose.getJsonObject("secrets").fieldNames())
                .containsAll(node.getJsonArray("secrets").stream()
                        .map(String::valueOf)
                        .toList());
        int seconds = Integer.parseInt(node.getString("stop_grace_period").replace("s", ""));
        assertThat(seconds * 1000L)
                .isGreaterThan(configuration(name, folder).timeouts().drain() + 60_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge-1", "edge-2", "edge-3"})
    void aNodeHasAVolumeOfItsOwn(String name) {
        assertThat(service(name).getJsonArray("volumes").contains(name + ":/var/lib/socks-gateway"))
                .isTrue();
        assertThat(compose.getJsonObject("volumes").containsKey(name)).isTrue();
    }

    private static GatewayConfig configuration(String node, Path folder) throws IOException {
        List<Path> files = service(node).getJsonArray("volumes").stream()
                .map(String::valueOf)
                .filter(volume -> volume.startsWith("."))
                .map(volume -> FOLDER.resolve(volume.split(":", 2)[0]))
                .toList();
        ConfigurationFiles.copy(folder, "/run/secrets/", files.toArray(Path[]::new));
        ConfigurationFiles.Checked checked = ConfigurationFiles.valid(folder, "");
        assertThat(checked.warnings()).isEmpty();
        return checked.config();
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge-1", "edge-2", "edge-3"})
    void aNodeKnowsItsAddressAndTheOthers(String name, @TempDir Path folder) throws IOException {
        GatewayConfig config = configuration(name, folder);

        assertThat(config.node().name()).isEqualTo(name).isEqualTo(service(name).getString("hostname"));
        assertThat(config.cluster()).isNotNull();
        assertThat(config.cluster().host()).isEqualTo(address(name));
        assertThat(config.cluster().members())
                .containsExactlyElementsOf(NODES.stream()
                        .map(node -> address(node) + ":" + config.cluster().port())
                        .toList());
        assertThat(config.listeners()).allMatch(listener -> listener.proxyProtocol());
    }

    @Test
    void haproxyAndPrometheusKnowTheNodes() throws IOException {
        String haproxy = Files.readString(FOLDER.resolve("haproxy.cfg"));
        JsonObject scraping = Yaml.file(FOLDER.resolve("prometheus.yml"))
                .getJsonArray("scrape_configs")
                .getJsonObject(0);

        assertThat(Pattern.compile("(?m)^ +server (\\S+) (\\S+):1080$")
                        .matcher(haproxy)
                        .results()
                        .map(server -> Map.entry(server.group(1), server.group(2))))
                .containsExactlyElementsOf(NODES.stream()
                        .map(node -> Map.entry(node, address(node)))
                        .toList());
        assertThat(haproxy).contains("check port 9090", "send-proxy-v2", "/health/ready");
        assertThat(scraping.getJsonArray("static_configs").getJsonObject(0).getJsonArray("targets"))
                .containsExactlyElementsOf(
                        NODES.stream().map(node -> address(node) + ":9090").toList());
    }

    @Test
    void haproxyAcceptsItsConfiguration() throws Exception {
        Tool.required("haproxy")
                .passes("-c", "-f", FOLDER.resolve("haproxy.cfg").toString());
    }

    @Test
    void grafanaIsToldWhereAllIs() throws IOException {
        JsonObject source = Yaml.file(FOLDER.resolve("grafana/datasource.yaml"))
                .getJsonArray("datasources")
                .getJsonObject(0);
        JsonObject provider = Yaml.file(FOLDER.resolve("grafana/dashboards.yaml"))
                .getJsonArray("providers")
                .getJsonObject(0);
        Stream<String> mounted = service("grafana").getJsonArray("volumes").stream()
                .map(String::valueOf)
                .map(volume -> volume.split(":", -1)[1]);

        assertThat(source.getString("url")).isEqualTo("http://prometheus:9090");
        assertThat(mounted).contains(provider.getJsonObject("options").getString("path"));
    }

    /** What is open to the world is for whoever deploys it to choose. */
    @Test
    void portsAreOnLoopback() {
        List<String> ports = Pattern.compile("\"ports\":\\[\"([^\"]+)\"")
                .matcher(compose.encode())
                .results()
                .map((MatchResult port) -> port.group(1))
                .toList();

        assertThat(ports).hasSize(3).allMatch(port -> port.startsWith("127.0.0.1:"));
    }
}
