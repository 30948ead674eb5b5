package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The most sessions of a node: as configured, or as its descriptors allow. */
class CapacityIT {

    private static final String FULL = "05 01 00 01 00 00 00 00 00 00";
    private static final int DESCRIPTORS = 512;
    private static final int SESSIONS = 104;
    private static final int NEGOTIATING = 32;

    @TempDir
    private Path folder;

    private final List<SocksClient> clients = new ArrayList<>();

    private static String configuration(String node) {
        return """
                {"node": {%s},
                 "listeners": [{"name": "open", "port": 0}, {"name": "other", "port": 0}],
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "timeouts": {"handshake": "60s"}}""".formatted(node);
    }

    @Test
    void noMoreThanConfiguredOnAllListenersTogether() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.start(folder, configuration("\"maxSessions\": 2"));
                TestTarget echo = TestTarget.echo();
                SocksClient first = gateway.client("open").tunnelTo(echo.address());
                SocksClient second = gateway.client("other").tunnelTo(echo.address());
                SocksClient third = gateway.client("open")) {
            assertThat(gateway.log().text()).contains(" at most 2 sessions").doesNotContain("LimitNOFILE");
            third.greet().connectTo(echo.address()).expect(FULL).expectEnd();
            assertThat(gateway.session(third.socket()).getString("reason")).isEqualTo("full");
            gateway.log().await("WARN .* full: 2 sessions of at most 2");
            first.finish().expectEnd();
            awaitRoom(gateway, echo);
            second.send("01").expect("01");
        }
    }

    /** Every descriptor is used for what it was meant for, and none is missing. */
    @Test
    void noMoreThanTheDescriptorsAllow() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.startWithDescriptors(
                        DESCRIPTORS, folder, configuration("\"name\": \"small\""));
                TestTarget echo = TestTarget.echo()) {
            assertThat(gateway.log().text())
                    .contains(" at most " + SESSIONS + " sessions")
                    .containsPattern("WARN .* node.maxSessions is 50000, but 512 descriptors allow no more than 104")
                    .contains("LimitNOFILE=");
            for (int i = 0; i < SESSIONS; i++) {
                clients.add(gateway.client("open").tunnelTo(echo.address()));
            }
            for (int i = 0; i < NEGOTIATING; i++) {
                clients.add(gateway.client("other").greet());
            }
            SocksClient waiting = gateway.client("open").send("05 01 00").expectSilence(300);
            clients.add(waiting);
            assertThat(gateway.descriptors()).isBetween(2 * SESSIONS + NEGOTIATING, DESCRIPTORS - 100);
            clients.get(SESSIONS).connectTo(echo.address()).expect(FULL).expectEnd();
            waiting.expect("05 00").connectTo(echo.address()).expect(FULL).expectEnd();
            for (int i = 0; i < SESSIONS; i++) {
                clients.get(i).send("01").expect("01");
            }

            closeAll();
            awaitRoom(gateway, echo);
            assertThat(gateway.log().text()).doesNotContain("Too many open files");
        } finally {
            closeAll();
        }
    }

    private void closeAll() throws IOException {
        for (SocksClient client : clients) {
            client.close();
        }
    }

    private static void awaitRoom(PackagedGateway gateway, TestTarget echo) {
        Await.until("there is room again", () -> {
            try (SocksClient client = gateway.client("open")) {
                return client.greet().connectTo(echo.address()).read(2)[1] == 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
