package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.auth.plugin.Claims;
import io.socksgateway.auth.plugin.Login;
import io.socksgateway.auth.plugin.PasswordVerticle;
import io.socksgateway.auth.plugin.Verdict;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.PluginThreading;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas come and go while a plug-in stays as it is. */
class ChangedClaimsIT {

    private static final AtomicInteger STARTS = new AtomicInteger();
    private static final AtomicBoolean BROKEN = new AtomicBoolean();

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final AuthClient client = new AuthClient(bus, 20_000);
    private AuthVerticle verticle;

    /** Claims the quota that is called as the user is. */
    public static final class NamesQuotas extends PasswordVerticle {
        @Override
        public Future<?> start() throws Exception {
            STARTS.incrementAndGet();
            return super.start();
        }

        @Override
        protected Future<Verdict> authenticate(Login login) {
            return BROKEN.get()
                    ? Future.failedFuture("broken")
                    : Future.succeededFuture(Verdict.accepted(Claims.NONE.quota(login.user())));
        }
    }

    @BeforeEach
    void start() {
        STARTS.set(0);
        BROKEN.set(false);
        AuthenticatorConfig plugin = new AuthenticatorConfig.Verticle(
                "partner",
                NamesQuotas.class.getName(),
                new JsonObject(),
                Path.of("no", "plugins"),
                20_000,
                600_000,
                1,
                PluginThreading.EVENT_LOOP,
                false,
                null);
        verticle = new AuthVerticle(
                bus, new AuthConfig(List.of(plugin), List.of()), 20_000, quotas("gold", "iron"), null, null);
        Await.result(vertx.deployVerticle(verticle));
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private static ClaimBounds quotas(String... names) {
        return ClaimBounds.of(Set.of(names), Set.of());
    }

    private boolean letsIn(String user) {
        Future<AuthOutcome> outcome = client.authenticate(
                new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, "x")));
        return Await.result(
                outcome.map(answer -> answer instanceof AuthOutcome.Accepted).otherwise(false));
    }

    @Test
    void whatThereIsNowMayBeClaimed() {
        assertThat(letsIn("gold")).isTrue();
        assertThat(letsIn("silver")).isFalse();

        Await.result(verticle.use(quotas("silver", "iron", "gold")));
        assertThat(letsIn("silver")).isTrue();
        BROKEN.set(true);
        assertThat(letsIn("gold")).as("it is remembered").isTrue();
        assertThat(STARTS).hasValue(1);
    }

    @Test
    void nobodyIsRememberedWithAClaimThatIsNoMore() {
        assertThat(letsIn("gold")).isTrue();

        Await.result(verticle.use(quotas("silver", "iron")));
        BROKEN.set(true);
        assertThat(letsIn("gold"))
                .as("it was remembered with a quota that is gone")
                .isFalse();
        BROKEN.set(false);
        assertThat(letsIn("gold")).as("it claims a quota that is gone").isFalse();
        assertThat(letsIn("silver")).isTrue();
        assertThat(STARTS).hasValue(1);
    }
}
