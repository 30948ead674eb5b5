package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.auth.plugin.Claims;
import io.socksgateway.auth.plugin.Login;
import io.socksgateway.auth.plugin.PasswordVerticle;
import io.socksgateway.auth.plugin.Verdict;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be claimed for a client changes, and the plug-in that claims it stays as it is. */
class ReloadedClaimsIT {

    private static final AtomicInteger STARTS = new AtomicInteger();

    private final Path file;

    ReloadedClaimsIT(@TempDir Path folder) {
        this.file = folder.resolve("gateway.json");
    }

    /** Claims the quota that is called as the user is. */
    public static final class NamesQuotas extends PasswordVerticle {
        @Override
        public Future<?> start() throws Exception {
            STARTS.incrementAndGet();
            return super.start();
        }

        @Override
        protected Future<Verdict> authenticate(Login login) {
            return Future.succeededFuture(Verdict.accepted(Claims.NONE.quota(login.user())));
        }
    }

    private void write(String authTimeout, String egress, String... quotas) throws IOException {
        Files.writeString(file, """
                {"listeners": [{"port": 0, "auth": "userpass"}],
                 "auth": {"authenticators": [{"name": "partner", "type": "verticle", "class": "%s"}]},
                 "quotas": [%s], "egress": {"pool": [%s]},
                 "timeouts": {"drain": "0s", "auth": "%s"},
                 "log": {"access": {"path": "access.log"}}}""".formatted(
                        NamesQuotas.class.getName(),
                        Stream.of(quotas)
                                .map(name -> "{\"name\": \"%s\", \"key\": \"user\", \"sessions\": 9}".formatted(name))
                                .collect(Collectors.joining(", ")),
                        egress,
                        authTimeout));
    }

    private static boolean letsIn(Service service, String user) throws IOException {
        try (SocksClient client = SocksClient.connect(
                service.gateway().listeners().values().iterator().next())) {
            client.send("05 01 02").expect("05 02");
            client.send("01" + Hex.counted(user) + Hex.counted("x"));
            return client.read(2)[1] == 0;
        }
    }

    private static List<String> reload(Service service) {
        var reload = Await.result(service.reloads().reload());
        assertThat(reload.applied()).as("%s", reload.lines()).isTrue();
        return reload.lines();
    }

    @Test
    void aPluginStaysWhenQuotasAndAddressesComeAndGo() throws Exception {
        STARTS.set(0);
        write("20s", "", "gold", "iron");
        Service service = Service.start(new RunArguments(file, null));
        try {
            assertThat(letsIn(service, "gold")).isTrue();
            assertThat(letsIn(service, "silver")).as("there is no such quota").isFalse();

            write("20s", "\"127.0.0.3\"", "silver", "gold");
            assertThat(reload(service)).hasSize(2);
            assertThat(letsIn(service, "silver")).isTrue();
            assertThat(letsIn(service, "gold")).isTrue();
            assertThat(letsIn(service, "iron")).as("it is gone").isFalse();
            assertThat(STARTS).hasValue(1);

            write("21s", "\"127.0.0.3\"", "silver", "gold");
            assertThat(reload(service)).hasSize(1);
            assertThat(letsIn(service, "gold")).isTrue();
            assertThat(STARTS).as("that is theirs").hasValue(2);
        } finally {
            assertThat(service.stop()).isTrue();
        }
    }
}
