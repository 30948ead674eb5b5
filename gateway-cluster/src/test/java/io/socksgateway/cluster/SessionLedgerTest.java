package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaOutcome.Granted;
import io.socksgateway.core.bus.QuotaOutcome.Refused;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.QuotaSubject;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.Meters;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class SessionLedgerTest {

    private static final QuotaRule BY_CLIENT = new QuotaRule("per-client", QuotaKey.CLIENT, QuotaScope.NODE, 2);
    private static final QuotaRule BY_USER = new QuotaRule("per-user", QuotaKey.USER, QuotaScope.CLUSTER, 1);
    private static final QuotaRule BY_GROUP = new QuotaRule("per-group", QuotaKey.GROUP, QuotaScope.CLUSTER, 1);

    private final LocalQuotaStore node = new LocalQuotaStore();
    private final ScriptedStore cluster = new ScriptedStore();

    private SessionLedger ledger(QuotaRule... rules) {
        SparseLog log = new SparseLog(NOPLogger.NOP_LOGGER, System::nanoTime);
        Meters meters = new Meters(Runnable::run, log::warn);
        return new SessionLedger(List.of(rules), node, cluster, meters, Runnable::run, log);
    }

    private static QuotaRequest request(String session, String... groups) {
        return new QuotaRequest(session, new QuotaSubject("alice", Set.of(groups), "192.0.2.1", "public"));
    }

    private boolean free(String counter, int limit) {
        boolean granted = node.acquire(counter, SessionLimit.open(limit)).result();
        if (granted) {
            node.release(counter);
        }
        return granted;
    }

    @Test
    void aSessionIsCountedUnderEveryQuotaThatConcernsIt() {
        SessionLedger ledger = ledger(BY_CLIENT, BY_USER, BY_GROUP);
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1", "b", "a"));
        cluster.answer("per-user/user/alice", true);
        cluster.answer("per-group/group/a", true);
        assertThat(outcome.isComplete()).isFalse();
        cluster.answer("per-group/group/b", true);
        assertThat(outcome.result()).isEqualTo(new Granted(List.of("per-client", "per-user", "per-group")));
        assertThat(cluster.released()).isEmpty();

        ledger.release("s1");
        assertThat(cluster.released())
                .containsExactlyInAnyOrder("per-user/user/alice", "per-group/group/a", "per-group/group/b");
        assertThat(free("per-client/client/192.0.2.1", 1)).isTrue();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void withoutAQuotaThatConcernsItNothingIsRemembered() {
        SessionLedger ledger = ledger(BY_GROUP);
        assertThat(ledger.acquire(request("s1")).result()).isEqualTo(new Granted(List.of()));
        assertThat(ledger.size()).isZero();
    }

    @Test
    void ifOneRefusesTheOthersAreGivenBack() {
        SessionLedger ledger = ledger(BY_CLIENT, BY_USER, BY_GROUP);
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1", "a", "b"));
        cluster.answer("per-user/user/alice", true);
        cluster.answer("per-group/group/a", true);
        cluster.answer("per-group/group/b", false);
        assertThat(outcome.result())
                .isEqualTo(new Refused("per-group", "per-group/group/b: limit of 1 session at once reached"));
        assertThat(cluster.released()).containsExactlyInAnyOrder("per-user/user/alice", "per-group/group/a");
        assertThat(free("per-client/client/192.0.2.1", 1)).isTrue();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void ifTheStoreCannotTellTheAnswerIsNoAndNothingIsKept() {
        SessionLedger ledger = ledger(BY_CLIENT, BY_USER);
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1"));
        cluster.fail("per-user/user/alice", new IllegalStateException("members in sight: 1 (expected: at least 2)"));
        assertThat(outcome.result())
                .isEqualTo(new Refused("per-user", "store: members in sight: 1 (expected: at least 2)"));
        assertThat(cluster.released()).isEmpty();
        assertThat(free("per-client/client/192.0.2.1", 1)).isTrue();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void aStoreThatThrowsHasFailed() {
        cluster.throwing(new IllegalStateException("broken"));
        SessionLedger ledger = ledger(BY_CLIENT, BY_USER);
        assertThat(ledger.acquire(request("s1")).result()).isEqualTo(new Refused("per-user", "store: broken"));
        assertThat(free("per-client/client/192.0.2.1", 1)).isTrue();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void aReleaseDuringTheGrantTakesEffectWhenItIsGranted() {
        SessionLedger ledger = ledger(BY_CLIENT, BY_USER, BY_GROUP);
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1", "a"));
        ledger.release("s1");
        ledger.release("s1");
        assertThat(cluster.released()).isEmpty();
        cluster.answer("per-user/user/alice", true);
        assertThat(outcome.result()).isInstanceOf(Refused.class);
        assertThat(cluster.released()).containsExactly("per-user/user/alice");
        assertThat(cluster.pending()).as("the rest is not even asked for").isEmpty();
        assertThat(free("per-client/client/192.0.2.1", 1)).isTrue();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void aReleaseDuringAGrantThatIsRefusedGivesNothingBackTwice() {
        SessionLedger ledger = ledger(BY_USER, BY_GROUP);
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1", "a"));
        cluster.answer("per-user/user/alice", true);
        ledger.release("s1");
        cluster.answer("per-group/group/a", false);
        ledger.release("s1");
        assertThat(outcome.result()).isInstanceOf(Refused.class);
        assertThat(cluster.released()).containsExactly("per-user/user/alice");
    }

    @Test
    void aSecondReleaseDoesNothing() {
        SessionLedger ledger = ledger(BY_CLIENT);
        assertThat(ledger.acquire(request("s1")).result()).isInstanceOf(Granted.class);
        assertThat(ledger.acquire(request("s2")).result()).isInstanceOf(Granted.class);
        ledger.release("s1");
        ledger.release("s1");
        assertThat(ledger.acquire(request("s3")).result()).isInstanceOf(Granted.class);
        assertThat(ledger.acquire(request("s4")).result()).isInstanceOf(Refused.class);
    }

    @Test
    void aReleaseOfAnUnknownSessionDoesNothingAndIsNotRemembered() {
        SessionLedger ledger = ledger(BY_CLIENT);
        for (int i = 0; i < 1_000; i++) {
            ledger.release("unknown" + i);
        }
        assertThat(ledger.size()).isZero();
        assertThat(ledger.acquire(request("unknown1")).result()).isInstanceOf(Granted.class);
    }

    @Test
    void aSessionIsCountedOnce() {
        SessionLedger ledger = ledger(BY_CLIENT);
        assertThat(ledger.acquire(request("s1")).result()).isInstanceOf(Granted.class);
        assertThat(ledger.acquire(request("s1")).cause()).hasMessageContaining("s1");
        ledger.release("s1");
        assertThat(free("per-client/client/192.0.2.1", 1)).isTrue();
    }

    private static QuotaRule traffic(String name, QuotaKey key, long octets) {
        TrafficLimit limit = new TrafficLimit(octets, Period.MONTH, TrafficLimit.Counted.TOTAL, ZoneOffset.UTC);
        return new QuotaRule(name, key, QuotaScope.NODE, false, SessionLimit.open(1), limit, null);
    }

    private static Allowance allowance(Future<QuotaOutcome> outcome) {
        return ((Granted) outcome.result()).allowance();
    }

    @Test
    void withoutLimitsOnOctetsTheAllowanceIsUnlimited() {
        assertThat(allowance(ledger(BY_CLIENT).acquire(request("s1"))).isLimited())
                .isFalse();
    }

    @Test
    void theSessionMayMoveWhatTheTightestOfItsQuotasHas() {
        SessionLedger ledger =
                ledger(traffic("user", QuotaKey.USER, 5_000), traffic("listener", QuotaKey.LISTENER, 3_000));
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1"));
        assertThat(outcome.result()).extracting("quotas").isEqualTo(List.of("user", "listener"));
        assertThat(allowance(outcome).take(Direction.UP, 10_000)).isEqualTo(3_000);
    }

    @Test
    void whoHasNoTrafficLeftIsRefusedAndWhatWasTakenIsGivenBack() {
        SessionLedger ledger = ledger(traffic("volume", QuotaKey.USER, 1_000));
        assertThat(allowance(ledger.acquire(request("s1"))).take(Direction.DOWN, 1_000))
                .isEqualTo(1_000);
        ledger.release("s1");
        assertThat(ledger.acquire(request("s2")).result())
                .isEqualTo(new Refused("volume", "volume/user/alice: limit of 1000 octets per month reached"));
        assertThat(ledger.size()).isZero();
        assertThat(free("volume/user/alice", 1)).isTrue();
    }

    @Test
    void anotherLimitHoldsForWhoIsThereAndAnotherPeriodBeginsAnewForWhoComes() {
        SessionLedger ledger = ledger(volume(1_000, Period.MONTH));
        Allowance allowance = allowance(ledger.acquire(request("s1")));
        assertThat(allowance.take(Direction.DOWN, 1_000)).isEqualTo(1_000);
        ledger.use(List.of(volume(1_500, Period.MONTH)));
        assertThat(ledger.acquire(request("s2")).result()).isInstanceOf(Granted.class);
        assertThat(allowance.take(Direction.DOWN, 1_000)).isEqualTo(500);
        ledger.use(List.of(volume(300, Period.DAY)));
        assertThat(allowance(ledger.acquire(request("s3"))).take(Direction.DOWN, 1_000))
                .isEqualTo(300);
    }

    private static QuotaRule volume(long octets, Period period) {
        TrafficLimit limit = new TrafficLimit(octets, period, TrafficLimit.Counted.TOTAL, ZoneOffset.UTC);
        return new QuotaRule("volume", QuotaKey.USER, QuotaScope.NODE, false, SessionLimit.NONE, limit, null);
    }

    @Test
    void trafficIsAskedForWhileSessionsAreCounted() {
        TrafficLimit limit = new TrafficLimit(1_000, Period.MONTH, TrafficLimit.Counted.TOTAL, ZoneOffset.UTC);
        SessionLedger ledger = ledger(
                new QuotaRule("both", QuotaKey.USER, QuotaScope.CLUSTER, false, SessionLimit.open(1), limit, null));
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1"));
        assertThat(cluster.reserved()).isOne();
        assertThat(outcome.isComplete()).isFalse();
        cluster.answer("both/user/alice", true);
        assertThat(outcome.result()).isInstanceOf(Granted.class);

        Future<QuotaOutcome> refused = ledger.acquire(request("s2"));
        cluster.answer("both/user/alice", false);
        assertThat(refused.result())
                .isEqualTo(new Refused("both", "both/user/alice: limit of 1 session at once reached"));
        assertThat(cluster.reserved()).as("there is some left on the node").isOne();
    }

    @Test
    void aBandwidthAloneNeedsNoAnswerFromAStore() {
        QuotaRule rule = new QuotaRule(
                "speed",
                QuotaKey.USER,
                QuotaScope.CLUSTER,
                false,
                SessionLimit.NONE,
                null,
                new Bandwidth(1_000, 1_000));
        SessionLedger ledger = ledger(rule);
        Future<QuotaOutcome> outcome = ledger.acquire(request("s1"));
        assertThat(outcome.result()).extracting("quotas").isEqualTo(List.of("speed"));
        assertThat(allowance(outcome).isLimited()).isTrue();
        assertThat(cluster.pending()).isEmpty();
        ledger.release("s1");
        assertThat(ledger.size()).isZero();
        assertThat(cluster.released()).isEmpty();
    }
}
