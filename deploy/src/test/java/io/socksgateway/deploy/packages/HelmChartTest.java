package io.socksgateway.deploy.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.socksgateway.core.config.Discovery;
import io.socksgateway.core.config.GatewayConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Helm chart, rendered by Helm and held against the types of Kubernetes; running it needs a cluster. */
class HelmChartTest {

    private static final String EVERYTHING = Chart.LEAST + """
            serviceMonitor: { enabled: true, labels: { release: prometheus } }
            service: { type: LoadBalancer, loadBalancerSourceRanges: ["10.0.0.0/8"], annotations: { a: b } }
            serviceAccount: { annotations: { a: b } }
            image: { tag: "1.2.3", pullSecrets: [{ name: registry }] }
            extraEnv: [{ name: ALICE_PASSWORD, valueFrom: { secretKeyRef: { name: alice, key: password } } }]
            podLabels: { team: edge }
            podAnnotations: { a: b }
            nodeSelector: { pool: edge }
            tolerations: [{ key: edge, operator: Exists }]
            affinity: { nodeAffinity: {} }
            priorityClassName: high
            networkPolicy: { clients: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }
            """;

    @Test
    void helmFindsNothingWrong() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.contains("WARNING"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Chart.LEAST,
                EVERYTHING,
                "existingSecret: mine\nreplicas: 1\ncluster: { enabled: false }\n"
                        + "podDisruptionBudget: { enabled: false }\nnetworkPolicy: { enabled: false }"
            })
    void everyManifestIsWhatKubernetesKnows(String values) throws IOException {
        List<JsonObject> manifests = Chart.render(values);

        assertThat(manifests).hasSizeGreaterThan(4).allSatisfy(manifest -> assertThatCode(
                        () -> KubernetesTypes.validate(manifest))
                .as(manifest.encodePrettily())
                .doesNotThrowAnyException());
    }

    /** Otherwise the test above would hold of anything. */
    @Test
    void aKeyThatKubernetesDoesNotKnowIsFound() throws IOException {
        JsonObject manifest = Chart.only(Chart.render(Chart.LEAST), "StatefulSet", "");
        manifest.getJsonObject("spec").put("replica", 3);

        assertThatThrownBy(() -> KubernetesTypes.validate(manifest)).hasMessageContaining("replica");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users: []",
                "users: [{ name: a, password: \"{x}\" }]",
                Chart.LEAST + "replicas: 0",
                Chart.LEAST + "replicaCount: 3",
                Chart.LEAST + "image: { tag: latest }",
                Chart.LEAST + "config: { listeners: [] }",
                "adminToken: 0123456789abcdef0123456789abcdef\nusers: [{ name: a, password: plain }]"
            })
    void whatMakesNoSenseIsRefused(String values) {
        assertThatThrownBy(() -> Chart.render(values)).isInstanceOf(IllegalStateException.class);
    }

    /** The manifests would not follow. */
    @ParameterizedTest
    @CsvSource({
        "timeouts: { drain: 90s }, config.timeouts.drain, drainSeconds",
        "admin: { port: 9191 }, config.admin.port, admin.port)",
        "admin: { host: 127.0.0.1 }, config.admin.host, networkPolicy.admin",
        "admin: { tls: { } }, config.admin.tls, networkPolicy.admin"
    })
    void whatManifestsRestOnIsNotForTheConfiguration(String section, String key, String instead) {
        assertThatThrownBy(() -> Chart.render(Chart.LEAST + "config: { " + section + " }"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(key + ": ")
                .hasMessageContaining(instead);
    }

    @Test
    void otherKeysOfTheseSectionsAreForTheConfiguration() throws IOException {
        String values = Chart.LEAST + "config: { timeouts: { connect: 7s }, admin: { metrics: { topUsers: 5 } } }";

        assertThat(Chart.only(Chart.render(values), "ConfigMap", "")
                        .getJsonObject("data")
                        .getString("10-chart.json"))
                .contains("\"connect\": \"7s\"", "\"drain\": \"60s\"", "\"topUsers\": 5", "\"port\": 9090");
    }

    @Test
    void podsAreLockedDown() throws IOException {
        JsonObject pod = Chart.podSpec(Chart.render(Chart.LEAST));

        assertThat(pod.getBoolean("automountServiceAccountToken")).isFalse();
        assertThat(pod.getJsonObject("securityContext").getBoolean("runAsNonRoot"))
                .isTrue();
        JsonArray containers = pod.getJsonArray("containers").copy().addAll(pod.getJsonArray("initContainers"));
        assertThat(containers).hasSize(2).allSatisfy(container -> {
            JsonObject security = ((JsonObject) container).getJsonObject("securityContext");
            assertThat(security.getBoolean("allowPrivilegeEscalation")).isFalse();
            assertThat(security.getBoolean("readOnlyRootFilesystem")).isTrue();
            assertThat(security.getJsonObject("capabilities").getJsonArray("drop"))
                    .containsExactly("ALL");
            assertThat(((JsonObject) container).getJsonObject("resources").getJsonObject("limits"))
                    .isNotNull();
        });
    }

    @Test
    void whatIsKeptIsInAVolumeThatOutlivesThePodIfAskedFor() throws IOException {
        JsonObject passing = Chart.podSpec(Chart.render(Chart.LEAST));
        assertThat(passing.getJsonArray("volumes").encode()).contains("{\"name\":\"data\",\"emptyDir\"");

        List<JsonObject> manifests =
                Chart.render(Chart.LEAST + "persistence: { enabled: true, size: 5Gi, storageClass: fast }");
        JsonObject claim = Chart.only(manifests, "StatefulSet", "")
                .getJsonObject("spec")
                .getJsonArray("volumeClaimTemplates")
                .getJsonObject(0);
        assertThat(claim.getJsonObject("metadata").getString("name")).isEqualTo("data");
        assertThat(claim.getJsonObject("spec").getString("storageClassName")).isEqualTo("fast");
        JsonObject pod = Chart.podSpec(manifests);
        assertThat(pod.getJsonArray("volumes").encode()).doesNotContain("\"data\"");
        JsonObject container = pod.getJsonArray("containers").getJsonObject(0);
        assertThat(container.getJsonArray("volumeMounts").encode()).contains("\"/var/lib/socks-gateway\"");
        assertThat(container.getJsonArray("env").encode()).contains("\"/var/lib/socks-gateway/data\"");
    }

    @Test
    void aPodHasTheTimeToDrain() throws IOException {
        JsonObject pod = Chart.podSpec(Chart.render(Chart.LEAST + "drainSeconds: 300\npreStopSeconds: 7"));
        JsonObject container = pod.getJsonArray("containers").getJsonObject(0);

        assertThat(pod.getInteger("terminationGracePeriodSeconds")).isEqualTo(7 + 300 + 80);
        assertThat(container
                        .getJsonObject("lifecycle")
                        .getJsonObject("preStop")
                        .getJsonObject("exec")
                        .getJsonArray("command"))
                .containsExactly("sleep", "7");
        assertThat(container
                        .getJsonObject("readinessProbe")
                        .getJsonObject("httpGet")
                        .getString("path"))
                .isEqualTo("/health/ready");
    }

    /** The script that puts the folder together runs here, twice as after a restart, and the gateway reads what it has made. */
    @Test
    void theConfigurationOfAPodIsValid(@TempDir Path folder) throws Exception {
        List<JsonObject> manifests = Chart.render(Chart.LEAST + "replicas: 5\ndrainSeconds: 90");
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Path own = Files.createDirectories(folder.resolve("own"));
        ConfigurationFiles.copy(folder, "-");
        Files.writeString(
                shared.resolve("10-chart.json"),
                Chart.only(manifests, "ConfigMap", "")
                        .getJsonObject("data")
                        .getString("10-chart.json")
                        .replace(
                                "/run/secrets/socks-gateway",
                                folder.resolve("secrets").toString()));
        JsonArray command = Chart.podSpec(manifests)
                .getJsonArray("initContainers")
                .getJsonObject(0)
                .getJsonArray("command");
        String script = command.getString(2)
                .replace("/run/config", shared.toString())
                .replace("/etc/socks-gateway", own.toString());
        for (int start = 0; start < 2; start++) {
            Tool.required("sh").run(Map.of("POD_NAME", "edge-2", "POD_IP", "10.9.8.7"), command.getString(1), script);
        }

        ConfigurationFiles.Checked checked = ConfigurationFiles.valid(own, "");
        GatewayConfig config = checked.config();

        assertThat(checked.warnings()).isEmpty();
        assertThat(config.node().name()).isEqualTo("edge-2");
        assertThat(config.timeouts().drain()).isEqualTo(90_000);
        assertThat(config.cluster()).isNotNull();
        assertThat(config.cluster().host()).isEqualTo("10.9.8.7");
        assertThat(config.cluster().discovery())
                .isEqualTo(new Discovery.Kubernetes(
                        "edge-socks-gateway-nodes.proxies.svc.cluster.local", null, null, null));
        assertThat(config.cluster().members()).isEmpty();
        assertThat(config.cluster().nodes()).isEqualTo(5);
        assertThat(config.cluster().minimumMembers()).isEqualTo(3);
    }

    /** The name that nodes look for each other by leads to the pods, also before they are ready, and nobody asks the API. */
    @Test
    void nodesFindEachOther() throws IOException {
        List<JsonObject> manifests = Chart.render(Chart.LEAST + "cluster: { domain: k8s.example }");
        assertThat(Chart.only(manifests, "ConfigMap", "").getJsonObject("data").getString("10-chart.json"))
                .contains("\"dns\": \"edge-socks-gateway-nodes.proxies.svc.k8s.example\"");
        assertThat(manifests).noneMatch(manifest -> manifest.getString("kind").contains("Role"));
        JsonObject nodes = Chart.only(manifests, "Service", "-nodes").getJsonObject("spec");
        JsonObject set = Chart.only(manifests, "StatefulSet", "").getJsonObject("spec");

        assertThat(nodes.getString("clusterIP")).isEqualTo("None");
        assertThat(nodes.getBoolean("publishNotReadyAddresses")).isTrue();
        assertThat(set.getString("serviceName")).isEqualTo("edge-socks-gateway-nodes");
        assertThat(set.getJsonObject("template")
                        .getJsonObject("metadata")
                        .getJsonObject("labels")
                        .getMap())
                .containsAllEntriesOf(nodes.getJsonObject("selector").getMap());
    }

    @Test
    void metricsAreScrapedWithTheToken() throws IOException {
        List<JsonObject> manifests = Chart.render(EVERYTHING);
        JsonObject spec = Chart.only(manifests, "ServiceMonitor", "").getJsonObject("spec");
        JsonObject labels = Chart.only(manifests, "Service", "-nodes")
                .getJsonObject("metadata")
                .getJsonObject("labels");
        JsonObject credentials = spec.getJsonArray("endpoints")
                .getJsonObject(0)
                .getJsonObject("authorization")
                .getJsonObject("credentials");

        assertThat(labels.getMap())
                .containsAllEntriesOf(spec.getJsonObject("selector")
                        .getJsonObject("matchLabels")
                        .getMap());
        assertThat(Chart.only(manifests, "Secret", credentials.getString("name"))
                        .getJsonObject("data")
                        .fieldNames())
                .contains(credentials.getString("key"), "users.json");
    }

    /** Kubernetes refuses a range that is excepted from one of the other family. */
    @Test
    void metadataServicesAreOutOfReachByBothFamilies() throws IOException {
        assertThat(excepted(Chart.LEAST, "0.0.0.0/0")).containsExactly("169.254.0.0/16");
        assertThat(excepted(Chart.LEAST, "::/0")).contains("fd00:ec2::254/128").allMatch(range -> range.contains(":"));
        assertThat(excepted(Chart.LEAST + "networkPolicy: { blocked: [10.0.0.0/8] }", "::/0"))
                .isEmpty();
    }

    /** A cache of names on each machine has such an address; metadata services are on other ports. */
    @Test
    void linkLocalAddressesAreInReachForNamesOnly() throws IOException {
        List<JsonObject> open = egress(Chart.LEAST)
                .filter(egress -> egress.getJsonArray("to").stream()
                        .map(to -> ((JsonObject) to).getJsonObject("ipBlock"))
                        .anyMatch(block ->
                                block != null && block.getString("cidr").startsWith("169.254.")))
                .toList();

        assertThat(open).hasSize(1);
        assertThat(open.get(0).getJsonArray("ports")).isNotEmpty().allSatisfy(port -> assertThat(
                        ((JsonObject) port).getInteger("port"))
                .isEqualTo(53));
    }

    private static Stream<JsonObject> egress(String values) throws IOException {
        return Chart.only(Chart.render(values), "NetworkPolicy", "")
                .getJsonObject("spec")
                .getJsonArray("egress")
                .stream()
                .map(JsonObject.class::cast);
    }

    private static List<String> excepted(String values, String range) throws IOException {
        return egress(values)
                .flatMap(egress -> egress.getJsonArray("to").stream())
                .map(to -> ((JsonObject) to).getJsonObject("ipBlock"))
                .filter(block -> block != null && block.getString("cidr").equals(range))
                .flatMap(block -> block.getJsonArray("except", new JsonArray()).stream())
                .map(String::valueOf)
                .toList();
    }

    @Test
    void aChangedConfigurationRollsThePods() throws IOException {
        String config = "checksum/config";
        assertThat(annotation(config, Chart.LEAST)).isEqualTo(annotation(config, Chart.LEAST));
        assertThat(annotation(config, Chart.LEAST)).isNotEqualTo(annotation(config, Chart.LEAST + "drainSeconds: 61"));
    }

    @Test
    void anotherTokenRollsThePods() throws IOException {
        String token = "checksum/token";
        assertThat(annotation(token, Chart.LEAST)).isEqualTo(annotation(token, Chart.LEAST + "drainSeconds: 61"));
        assertThat(annotation(token, Chart.LEAST))
                .isNotEqualTo(annotation(token, Chart.LEAST.replace("adminToken: 0", "adminToken: f")));
        assertThat(annotation(token, "existingSecret: mine")).isNull();
    }

    private static String annotation(String name, String values) throws IOException {
        return Chart.only(Chart.render(values), "StatefulSet", "")
                .getJsonObject("spec")
                .getJsonObject("template")
                .getJsonObject("metadata")
                .getJsonObject("annotations")
                .getString(name);
    }
}
