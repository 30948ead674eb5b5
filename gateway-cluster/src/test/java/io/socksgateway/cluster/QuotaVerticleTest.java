package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaOutcome.Granted;
import io.socksgateway.core.bus.QuotaOutcome.Refused;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.QuotaSubject;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuotaVerticleTest {

    private static final List<QuotaRule> RULES = List.of(
            new QuotaRule("here", QuotaKey.CLIENT, QuotaScope.NODE, 2),
            new QuotaRule("everywhere", QuotaKey.USER, QuotaScope.CLUSTER, 1));

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final QuotaClient client = new QuotaClient(bus, 30_000);

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(40, TimeUnit.SECONDS);
    }

    private QuotaOutcome acquire(String session, String user) throws TimeoutException {
        QuotaSubject subject = new QuotaSubject(user, Set.of(), "192.0.2.1", "public");
        return client.acquire(new QuotaRequest(session, subject)).await(40, TimeUnit.SECONDS);
    }

    @Test
    void grantsAndRefusesOverTheBusAndCountsAgainAfterARelease() throws TimeoutException {
        vertx.deployVerticle(new QuotaVerticle(bus, RULES, new LocalQuotaStore()))
                .await(40, TimeUnit.SECONDS);
        assertThat(acquire("s1", "alice")).isEqualTo(new Granted(List.of("here", "everywhere")));
        assertThat(acquire("s2", "alice"))
                .isEqualTo(new Refused("everywhere", "everywhere/user/alice: limit of 1 session at once reached"));
        assertThat(acquire("s3", "bob")).isInstanceOf(Granted.class);
        assertThat(acquire("s4", "carol"))
                .isEqualTo(new Refused("here", "here/client/192.0.2.1: limit of 2 sessions at once reached"));
        client.release("s1");
        client.release("s1");
        client.release("never seen");
        assertThat(acquire("s5", "alice")).isInstanceOf(Granted.class);
        assertThat(acquire("s6", "dave")).isInstanceOf(Refused.class);
    }

    @Test
    void answersFromOtherThreadsAndLateReleasesMeetOnTheEventLoop() throws TimeoutException {
        ScriptedStore store = new ScriptedStore();
        String deployment =
                vertx.deployVerticle(new QuotaVerticle(bus, RULES, store)).await(40, TimeUnit.SECONDS);
        QuotaSubject subject = new QuotaSubject("alice", Set.of(), "192.0.2.1", "public");
        var outcome = client.acquire(new QuotaRequest("s1", subject));
        Await.until(() -> store.pending().contains("everywhere/user/alice"));
        client.release("s1");
        // the answer to this one shows that the release has been heard
        QuotaOutcome other = new QuotaClient(bus, 30_000)
                .acquire(new QuotaRequest("s1", subject))
                .recover(duplicate -> Future.succeededFuture(new Refused("", "duplicate")))
                .await(40, TimeUnit.SECONDS);
        assertThat(other).isEqualTo(new Refused("", "duplicate"));
        store.answer("everywhere/user/alice", true);
        assertThat(outcome.await(40, TimeUnit.SECONDS)).isInstanceOf(Refused.class);
        assertThat(store.released()).containsExactly("everywhere/user/alice");

        vertx.undeploy(deployment).await(40, TimeUnit.SECONDS);
        assertThat(store.closed()).isTrue();
    }
}
