package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.ObservedTarget.Site;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node, whose traffic quota outlives its process. */
class UsageOverRestartsIT {

    private static final long LIMIT = 32_000_000;
    private static final long PART = 4_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String CONFIGURATION = """
            {"listeners": [{"name": "public", "host": "127.0.0.1", "port": 0}],
             "rules": [{"id": "targets", "action": "allow", "to": ["127.0.0.0/8"]}],
             "quotas": [{"name": "volume", "key": "client", "scope": "%s", "traffic": {"limit": "32MB", "per": "month"}}],
             "timeouts": {"drain": "0s"}}""";

    private Path folder;
    private ObservedTarget target;
    private Site site;
    private final List<Mover> movers = new ArrayList<>();
    private long tunnels;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        target = ObservedTarget.start(InetAddress.getLoopbackAddress());
        site = target.site();
    }

    @AfterEach
    void stop() throws IOException {
        for (Mover mover : movers) {
            mover.close();
        }
        target.close();
    }

    private PackagedGateway gateway(String scope) throws IOException {
        return PackagedGateway.start(folder, CONFIGURATION.formatted(scope));
    }

    /** Octets that went through, with the target's greeting to each tunnel. */
    private long moved() {
        return site.received() + tunnels;
    }

    /** The same, when what was on the way at the end of the last tunnel has come too. */
    private long movedAtTheEnd() {
        Await.until("the target sees the end of all", PATIENCE, () -> site.open() == 0);
        return moved();
    }

    /** A tunnel, or null if there is nothing left for it. */
    private SocksClient tunnel(PackagedGateway gateway) throws IOException {
        SocksClient client = gateway.client("public");
        client.socket().setSoTimeout((int) PATIENCE.toMillis());
        client.send("05 01 00").expect("05 00").connectTo(site.address());
        if (client.read(10)[1] != 0) {
            client.close();
            return null;
        }
        tunnels++;
        return client.expect("21");
    }

    /** Sends some, of which nothing is on the way when this returns. */
    private void useSome(PackagedGateway gateway) throws IOException {
        long before = moved();
        Mover mover = Mover.up(tunnel(gateway));
        movers.add(mover);
        Await.until("a part is through", PATIENCE, () -> moved() > before + PART);
        mover.pause(true);
        Await.until(
                "all of it has come",
                PATIENCE,
                () -> mover.isResting()
                        && site.received()
                                == movers.stream().mapToLong(Mover::sent).sum());
    }

    private void useUp(PackagedGateway gateway) throws IOException {
        SocksClient client = tunnel(gateway);
        assertThat(client).isNotNull();
        assertThat(Mover.up(client).awaitEnd(PATIENCE.toMillis())).as("cut off").isTrue();
        assertThat(tunnel(gateway)).as("nothing is left").isNull();
    }

    @Test
    void whatWasMovedBeforeAnOrderlyEndCountsAndAllTheRestIsThere() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (PackagedGateway gateway = gateway("node")) {
                useSome(gateway);
                gateway.terminate();
                assertThat(gateway.awaitExit()).isZero();
            }
        }
        try (PackagedGateway gateway = gateway("node")) {
            useUp(gateway);
        }
        assertThat(movedAtTheEnd()).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT - LIMIT / 100);
        try (PackagedGateway gateway = gateway("node")) {
            assertThat(tunnel(gateway))
                    .as("nor is there anything after another restart")
                    .isNull();
        }
    }

    @Test
    void nothingIsGrantedTwiceToProcessesThatAreKilled() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (PackagedGateway gateway = gateway("cluster")) {
                useSome(gateway);
                gateway.kill();
            }
        }
        try (PackagedGateway gateway = gateway("cluster")) {
            useUp(gateway);
        }
        // a killed process costs what it held: no more than an eighth of what is left, and a 64th of the limit
        assertThat(movedAtTheEnd()).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT / 2);
    }

    @Test
    void twoProcessesDoNotShareAFolder() throws Exception {
        try (PackagedGateway first = gateway("node")) {
            try (PackagedGateway second = PackagedGateway.launchWith(folder, CONFIGURATION.formatted("node"))) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.log().whole())
                        .contains(
                                "node.data: a file in \"" + folder.resolve("data") + "\" is in use by another process");
            }
            assertThat(first.runs()).isTrue();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsAnErrorAndOneThatIsNotNeededIsNotMade() throws Exception {
        Path taken = Files.createFile(folder.resolve("taken"));
        String wrong = CONFIGURATION.formatted("node").replaceFirst("\\{", "{\"node\": {\"data\": \"taken\"},");
        try (PackagedGateway gateway = PackagedGateway.launchWith(folder, wrong)) {
            assertThat(gateway.awaitExit()).isEqualTo(23);
            assertThat(gateway.log().whole()).contains("node.data: \"" + taken + "\" cannot be used");
        }
        Path file = Files.writeString(folder.resolve("good.json"), CONFIGURATION.formatted("node"));
        assertThat(Distribution.run("", "check", "--config", file.toString()).exitCode())
                .isZero();
        String without = CONFIGURATION.formatted("node").replaceFirst("\"traffic\": \\{.*?}", "\"sessions\": 5");
        try (PackagedGateway gateway = PackagedGateway.start(folder, without)) {
            tunnel(gateway).close();
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
