package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.wire.Command;
import io.socksgateway.testkit.TestCa;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The example configurations as they stand: they are valid, and decide what their descriptions promise. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("conf", "examples");
    private static final Vertx VERTX = Vertx.vertx();
    private static final TestCa CA = TestCa.create();

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    /** The ways to run them: each file, and each node of the clusters. */
    static List<List<String>> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            Stream<List<String>> single = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .map(List::of);
            Stream<List<String>> nodes = Stream.of(1, 2, 3)
                    .map(node -> List.of("cluster/10-common.json", "cluster/90-edge-" + node + ".json"));
            Stream<List<String>> pair =
                    Stream.of(1, 2).map(node -> List.of("two-nodes/node-" + node + ".json", "two-nodes/admin-token"));
            return Stream.of(single, Stream.of(List.of("balanced/gateway.json")), pair, nodes)
                    .flatMap(all -> all)
                    .toList();
        }
    }

    private LoadedConfig load(List<String> files) throws IOException {
        for (String file : files) {
            Path from = EXAMPLES.resolve(file);
            Files.copy(from, folder.resolve(from.getFileName()));
        }
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("users.json"), "{\"users\": []}");
        Files.writeString(secrets.resolve("admin-token"), "0123456789abcdef0123456789abcdef");
        TestCa.write(Files.createDirectories(folder.resolve("tls")), "gateway", CA.issue());
        return new ConfigLoader(VERTX).load(folder).await();
    }

    private GatewayConfig valid(String file) throws IOException {
        return ((LoadedConfig.Valid) load(List.of(file))).config();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachIsValidAndNothingIsToBeSaidAboutIt(List<String> files) throws IOException {
        LoadedConfig loaded = load(files);

        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        assertThat(((LoadedConfig.Valid) loaded).warnings()).isEmpty();
    }

    @Test
    void eachIsDescribed() throws IOException {
        String description = Files.readString(EXAMPLES.resolve("README.md"));
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allSatisfy(name -> assertThat(description).contains("](" + name + ")"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "workstation.json,  -,      CONNECT, www.example.com, 93.184.216.34, 22,    ALLOW,    public-and-local",
        "workstation.json,  -,      CONNECT, localhost,       127.0.0.1,     8080,  ALLOW,    public-and-local",
        "workstation.json,  -,      CONNECT, -,               10.0.0.1,      443,   INTERNAL, -",
        "workstation.json,  -,      CONNECT, -,               169.254.169.254, 80,  INTERNAL, -",
        "team-egress.json,  staff,  CONNECT, www.example.com, 93.184.216.34, 443,   ALLOW,    web",
        "team-egress.json,  staff,  CONNECT, www.example.com, 93.184.216.34, 22,    DENY,     -",
        "team-egress.json,  staff,  CONNECT, mx.example.com,  93.184.216.34, 25,    DENY,     no-mail",
        "team-egress.json,  staff,  CONNECT, pastebin.com,    93.184.216.34, 443,   DENY,     no-paste-sites",
        "team-egress.json,  staff,  CONNECT, a.pastebin.com,  93.184.216.34, 443,   DENY,     no-paste-sites",
        "team-egress.json,  staff,  UDP, -,         93.184.216.34, 443,   DENY,     -",
        "team-egress.json,  staff,  CONNECT, -,               10.20.1.1,     443,   INTERNAL, -",
        "team-egress.json,  admins, CONNECT, wiki.corp.test,  10.20.1.1,     443,   ALLOW,    admins",
        "team-egress.json,  admins, CONNECT, -,               10.21.1.1,     443,   INTERNAL, -",
        "jump-host.json,    ops,    CONNECT, -,               10.20.0.7,     22,    ALLOW,    shells",
        "jump-host.json,    dba,    CONNECT, -,               10.20.0.7,     22,    DENY,     -",
        "jump-host.json,    dba,    CONNECT, db.corp.test,    10.30.0.7,     5432,  ALLOW,    databases",
        "jump-host.json,    dba,    CONNECT, db.corp.test,    10.31.0.7,     5432,  DENY,     -",
        "jump-host.json,    ops,    CONNECT, www.example.com, 93.184.216.34, 443,   DENY,     -",
        "realtime-udp.json, -,      UDP, -,         93.184.216.34, 3478,  ALLOW,    datagrams",
        "realtime-udp.json, -,      UDP, -,         192.168.1.1,   53,    INTERNAL, -",
        "realtime-udp.json, -,      BIND,    -,               93.184.216.34, 53,    DENY,     -",
        "balanced/gateway.json, -,  CONNECT, www.example.com, 93.184.216.34, 443,   DENY,     -",
        "cluster/10-common.json, -, CONNECT, www.example.com, 93.184.216.34, 8443,  ALLOW,    all",
        "cluster/10-common.json, -, CONNECT, mx.example.com,  93.184.216.34, 25,    DENY,     no-mail",
    })
    void eachDecidesWhatItPromises(
            String file,
            String group,
            Command command,
            String name,
            String address,
            int port,
            Verdict.Outcome outcome,
            String rule)
            throws IOException {
        RuleSet rules = new RuleSet(valid(file).rules(), (ownAddress, ownPort) -> false);
        InetAddress client = InetAddress.getLoopbackAddress();
        Subject subject = new Subject(client, "alice", group.equals("-") ? Set.of() : Set.of(group), command);

        Verdict verdict = rules.decide(
                subject,
                name.equals("-") ? null : name,
                Addresses.parse(address).orElseThrow(),
                port);

        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.rule()).isEqualTo(rule.equals("-") ? null : rule);
    }

    /** Whoever runs an example as it stands shall not open a proxy to everybody. */
    @ParameterizedTest
    @MethodSource("examples")
    void noneIsOpenBeyondThisMachine(List<String> files) throws IOException {
        GatewayConfig config = ((LoadedConfig.Valid) load(files)).config();

        assertThat(config.listeners()).allSatisfy(listener -> assertThat(
                        listener.host().equals("127.0.0.1") || listener.auth().equals(List.of("userpass")))
                .as(listener.name())
                .isTrue());
    }
}
