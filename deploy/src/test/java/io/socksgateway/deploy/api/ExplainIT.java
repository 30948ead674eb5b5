package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.deploy.Terminal;
import io.socksgateway.testkit.SocksClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code explain} says of who gets in at all. */
class ExplainIT {

    @TempDir
    private static Path folder;

    /** The words are those of the command line, behind the destination. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --user alice                   | allowed: Rule all allows it. Only at listeners office, mixed, ident.
            --user alice --listener office | allowed: Rule all allows it.
            --user alice --listener open   | refused: Nobody can log in at listener open, so nobody is known to be alice.
            --user alice --command udp     | allowed: Rule all allows it. Only at listeners office, mixed.
            --user alice --listener ident --command udp | refused: UDP needs SOCKS5, which is not spoken at listener ident.
                                           | allowed: Rule all allows it. Only at listeners open, mixed.
            --listener open                | allowed: Rule all allows it.
            --listener mixed               | allowed: Rule all allows it.
            --listener office              | refused: Nobody gets in without a login at listener office; ask about a user.
            --listener ident               | refused: Nobody gets in without a login at listener ident; ask about a user.
            """)
    void onlyWhoGetsInIsAllowed(String words, String said) throws IOException {
        Path config = Files.writeString(folder.resolve("doors.json"), """
                {"listeners": [{"name": "office", "port": 1081}, {"name": "open", "port": 1082, "auth": "none"},
                               {"name": "mixed", "port": 1083, "auth": ["userpass", "none"]},
                               {"name": "ident", "port": 1084, "auth": "identd", "protocols": ["socks4", "socks4a"]}],
                 "auth": {"users": [{"name": "alice", "password": "pass-4711"}]},
                 "rules": [{"id": "all", "action": "allow", "to": "*"}]}""");

        assertThat(explained(config, "192.0.2.1:53" + (words == null ? "" : " " + words)))
                .startsWith(said + "\n");
    }

    @Test
    void whereEverybodyLogsInNobodyElseGetsIn() throws IOException {
        Path config = Files.writeString(folder.resolve("closed.json"), """
                {"listeners": [{"name": "a", "port": 1081}, {"name": "b", "port": 1082}],
                 "auth": {"users": [{"name": "alice", "password": "pass-4711"}]}}""");

        assertThat(explained(config, "192.0.2.1:53"))
                .startsWith("refused: Nobody gets in without a login at any listener; ask about a user.");
        assertThat(explained(config, "192.0.2.1:53 --user alice")).startsWith("allowed: There are no rules");
        assertThat(Terminal.run("explain", "-c", config.toString(), "192.0.2.1:53", "--listener", "c")
                        .err())
                .isEqualTo("listener: 'c' (expected: a or b)");
    }

    private static String explained(Path config, String words) {
        Terminal.Outcome outcome = Terminal.run(("explain -c " + config + " " + words).split(" "));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }

    /** As the gateway does. */
    @Test
    void aBindWhosePeerIsNotKnownWaitsForAnyThatTheRulesAllow() throws Exception {
        try (AdminGateway gateway = AdminGateway.start(
                        folder, "{'rules': [{'id': 'local', 'action': 'allow', 'to': '127.0.0.0/8'}]}");
                SocksClient client = gateway.client().greet().send("05 02 00 01 00000000 0000")) {
            client.expectSuccess();

            JsonObject explained = gateway.json("/api/v1/explain?to=0.0.0.0:0&command=bind");

            assertThat(explained.getBoolean("allowed")).isTrue();
            assertThat(explained.getString("why"))
                    .isEqualTo("It waits for a peer, which may be any that the rules allow.");
            assertThat(gateway.json("/api/v1/explain?to=0.0.0.0:0&command=udp").getString("why"))
                    .isEqualTo("It opens, and datagrams go wherever the rules allow.");
        }
    }
}
