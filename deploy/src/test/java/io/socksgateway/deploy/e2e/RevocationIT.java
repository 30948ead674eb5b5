package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.socksgateway.testkit.FreePorts;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who go, or change, around reloads. */
class RevocationIT {

    private static final String OLD = "old-horse-2291";
    private static final String NEW = "new-horse-5180";

    @TempDir
    private Path folder;

    private final List<PackagedGateway> nodes = new ArrayList<>();
    private TestTarget echo;

    @BeforeEach
    void start() throws IOException {
        echo = TestTarget.echo();
    }

    @AfterEach
    void stop() throws IOException {
        echo.close();
        PackagedGateway.close(nodes);
    }

    @Test
    void whoIsTakenOutOfTheDirectoryAfterAReloadGoes() throws Exception {
        try (InMemoryDirectoryServer directory = directory()) {
            Path file = folder.resolve("gateway.json");
            int port = FreePorts.take(1).get(0);
            Files.writeString(file, asking(directory, port, "5s"));
            PackagedGateway node = launch(file);
            try (SocksClient alice = tunnel(node, "Alice@Example.com", OLD);
                    SocksClient bob = tunnel(node, "bob", OLD)) {
                // Other authenticators by now, which have seen no login of hers.
                Files.writeString(file, asking(directory, port, "4s"));
                node.hangUp();
                node.log().await("configuration reloaded: timeouts");
                assertThat(exchange(alice)).isEqualTo("still here");

                directory.delete("uid=alice,ou=people,dc=example,dc=com");
                alice.expectReset();
                assertThat(node.session(alice.socket()).encode())
                        .contains("\"reason\":\"revoked\"", "\"user\":\"alice\"")
                        .doesNotContain("Alice@");
                assertThat(exchange(bob)).isEqualTo("still here");
            }
        }
    }

    /** She may lose an address and stay. */
    @Test
    void whoLosesOneNameInTheDirectoryKeepsTheSessionsOfAnother() throws Exception {
        try (InMemoryDirectoryServer directory = directory()) {
            Path file = folder.resolve("gateway.json");
            Files.writeString(file, asking(directory, FreePorts.take(1).get(0), "5s"));
            PackagedGateway node = launch(file);
            try (SocksClient byName = tunnel(node, "alice", OLD);
                    SocksClient byMail = tunnel(node, "alice@example.com", OLD);
                    SocksClient bob = tunnel(node, "bob", OLD)) {
                directory.modify(
                        "uid=alice,ou=people,dc=example,dc=com",
                        new Modification(ModificationType.REPLACE, "mail", "a@example.com"));
                byMail.expectReset();
                assertThat(node.session(byMail.socket()).encode()).contains("\"reason\":\"revoked\"");
                directory.delete("uid=bob,ou=people,dc=example,dc=com");
                // A round of questions after that.
                bob.expectReset();
                assertThat(exchange(byName)).isEqualTo("still here");
            }
        }
    }

    /** As with versioned files: what the authenticator of before has read of its own is never read again. */
    @Test
    void whoHasAnotherPasswordInAnotherFileGoes() throws Exception {
        Path file = folder.resolve("gateway.json");
        int port = FreePorts.take(1).get(0);
        Files.writeString(file, reading(users("users-1.htpasswd", OLD), port));
        PackagedGateway node = PackagedGateway.launch("--config", file.toString())
                .keeping(OLD, NEW)
                .expecting("password\\(s\\) in plain text");
        nodes.add(node);
        node.awaitReady();
        try (SocksClient alice = tunnel(node, "alice", OLD);
                SocksClient bob = tunnel(node, "bob", OLD)) {
            Files.writeString(file, reading(users("users-2.htpasswd", NEW), port));
            node.hangUp();
            node.log().await("configuration reloaded: auth");
            alice.expectReset();
            assertThat(node.session(alice.socket()).encode()).contains("\"reason\":\"revoked\"", "\"user\":\"alice\"");
            assertThat(exchange(bob)).isEqualTo("still here");
            try (SocksClient anew = tunnel(node, "alice", NEW)) {
                assertThat(exchange(anew)).isEqualTo("still here");
            }
        }
    }

    private Path users(String name, String ofAlice) throws IOException {
        return Files.writeString(folder.resolve(name), "alice:" + ofAlice + "\nbob:" + OLD + "\n");
    }

    private static String reading(Path users, int port) {
        return """
                {"listeners": [{"name": "public", "port": %d, "auth": "userpass"}],
                 "auth": {"recheck": "1h", "authenticators": [{"name": "staff", "type": "file", "path": "%s"}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "timeouts": {"drain": "0s"}}""".formatted(port, users);
    }

    /** As a tool does that pushes files: minutes may pass between two nodes. */
    @Test
    void whoHasLoggedInAnewStaysWhenFurtherNodesLearnOfTheChange() throws Exception {
        List<Integer> ports = FreePorts.take(4);
        List<Path> files = List.of(folder.resolve("one.json"), folder.resolve("two.json"));
        for (int i = 0; i < 2; i++) {
            Files.writeString(files.get(i), member(i, ports, OLD, "bob", "staff"));
            nodes.add(PackagedGateway.launch("--config", files.get(i).toString())
                    .keeping(OLD, NEW)
                    .expectingLosses());
        }
        PackagedGateway.awaitTogether(nodes);
        try (SocksClient onFirst = tunnel(nodes.get(0), "alice", OLD);
                SocksClient onSecond = tunnel(nodes.get(1), "alice", OLD);
                SocksClient dave = tunnel(nodes.get(1), "dave", OLD);
                SocksClient bob = tunnel(nodes.get(1), "bob", OLD)) {
            reload(0, files, ports);
            onFirst.expectReset();
            // Who is gone is gone everywhere.
            bob.expectReset();
            assertThat(exchange(onSecond)).isEqualTo("still here");
            assertThat(exchange(dave)).isEqualTo("still here");
            try (SocksClient anew = tunnel(nodes.get(0), "alice", NEW);
                    SocksClient daveAnew = tunnel(nodes.get(0), "dave", OLD)) {
                reload(1, files, ports);
                onSecond.expectReset();
                dave.expectReset();
                assertThat(nodes.get(1).session(onSecond.socket()).getString("reason"))
                        .isEqualTo("revoked");
                try (SocksClient there = tunnel(nodes.get(1), "alice", NEW)) {
                    assertThat(exchange(there)).isEqualTo("still here");
                }
                assertThat(exchange(anew)).isEqualTo("still here");
                assertThat(exchange(daveAnew)).isEqualTo("still here");
            }
        }
    }

    private void reload(int node, List<Path> files, List<Integer> ports) throws Exception {
        Files.writeString(files.get(node), member(node, ports, NEW, "carol", "poets"));
        nodes.get(node).hangUp();
        nodes.get(node).log().await("configuration reloaded: auth");
    }

    private PackagedGateway launch(Path file) throws IOException {
        PackagedGateway node =
                PackagedGateway.launch("--config", file.toString()).keeping(OLD);
        nodes.add(node);
        return node.awaitReady();
    }

    private SocksClient tunnel(PackagedGateway node, String user, String password) throws IOException {
        SocksClient client = node.client("public")
                .send("05 01 02")
                .expect("05 02")
                .send("01" + Hex.counted(user) + Hex.counted(password))
                .expect("01 00")
                .connectTo(echo.address());
        client.expectSuccess();
        return client;
    }

    private static String exchange(SocksClient client) throws IOException {
        client.send("still here".getBytes(StandardCharsets.UTF_8));
        return new String(client.read(10), StandardCharsets.UTF_8);
    }

    private static InMemoryDirectoryServer directory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
        config.setSchema(null);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("plain", InetAddress.getLoopbackAddress(), 0, null));
        InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
        directory.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
        directory.add("dn: ou=people,dc=example,dc=com", "objectClass: organizationalUnit", "ou: people");
        for (String user : List.of("alice", "bob")) {
            directory.add(
                    "dn: uid=" + user + ",ou=people,dc=example,dc=com",
                    "objectClass: inetOrgPerson",
                    "uid: " + user,
                    "mail: " + user + "@example.com",
                    "userPassword: " + OLD);
        }
        directory.startListening();
        return directory;
    }

    private static String asking(InMemoryDirectoryServer directory, int port, String timeout) {
        return """
                {"listeners": [{"name": "public", "port": %d, "auth": "userpass"}],
                 "auth": {"recheck": "200ms", "authenticators": [
                   {"name": "directory", "type": "ldap", "url": "ldap://127.0.0.1:%d",
                    "search": {"base": "ou=people,dc=example,dc=com", "filter": "(|(uid={user})(mail={user}))",
                               "nameAttribute": "uid"}}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "timeouts": {"auth": "%s", "drain": "0s"}}""".formatted(port, directory.getListenPort(), timeout);
    }

    /** One with the password of alice, another user's name, and the group of dave. */
    private static String member(int node, List<Integer> ports, String password, String other, String group) {
        return """
                {"node": {"name": "node-%d"},
                 "listeners": [{"name": "public", "port": %d, "auth": "userpass"}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}, {"name": "%s", "password": "%s"},
                                    {"name": "dave", "password": "%s", "groups": ["%s"]}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "timeouts": {"drain": "0s"},
                 "cluster": {"name": "revocation-%d", "host": "127.0.0.1", "port": %d,
                             "members": ["127.0.0.1:%d", "127.0.0.1:%d"], "minimumMembers": 2}}""".formatted(
                        node,
                        ports.get(node),
                        password,
                        other,
                        OLD,
                        OLD,
                        group,
                        ports.get(2),
                        ports.get(2 + node),
                        ports.get(2),
                        ports.get(3));
    }
}
