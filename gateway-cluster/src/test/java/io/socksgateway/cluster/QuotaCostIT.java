package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaOutcome.Granted;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.QuotaSubject;
import io.socksgateway.core.quota.SessionCounter;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.store.LocalQuotaStore;
import io.socksgateway.core.store.Meters;
import io.socksgateway.testkit.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.slf4j.helpers.NOPLogger;

/** How many messages connections cost in a cluster of three; the figures are in the documentation. */
@TestInstance(Lifecycle.PER_CLASS)
class QuotaCostIT {

    private static final int CONNECTIONS = 300;
    private static final TrafficLimit TRAFFIC =
            new TrafficLimit(1L << 40, Period.MONTH, TrafficLimit.Counted.TOTAL, ZoneOffset.UTC);

    private ThreeMembers cluster;
    private Context loop;

    @BeforeAll
    void start() throws Exception {
        cluster = new ThreeMembers(2);
        loop = cluster.vertx.getOrCreateContext();
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    private static QuotaRule rule(String name, QuotaKey key, SessionLimit sessions, boolean traffic) {
        return new QuotaRule(name, key, QuotaScope.CLUSTER, false, sessions, traffic ? TRAFFIC : null, null);
    }

    private SessionLedger ledger(QuotaRule... rules) {
        SparseLog log = new SparseLog(NOPLogger.NOP_LOGGER, System::nanoTime);
        EventLoop here = EventLoop.of(loop);
        Meters meters = new Meters(here, (counter, cause) -> {});
        return new SessionLedger(List.of(rules), new LocalQuotaStore(), cluster.stores.get(0), meters, here, log);
    }

    private Future<QuotaOutcome> open(SessionLedger ledger, String session, String user) {
        QuotaSubject subject = new QuotaSubject(user, Set.of("staff"), "192.0.2.1", "public");
        return Future.future(outcome -> loop.runOnContext(
                start -> ledger.acquire(new QuotaRequest(session, subject)).onComplete(outcome)));
    }

    private void release(SessionLedger ledger, List<String> sessions) {
        loop.runOnContext(start -> sessions.forEach(ledger::release));
    }

    /** Connections that come one after the other, each open as long as it takes to open the next few. */
    private QuotaOperations oneByOne(IntFunction<String> user, QuotaRule... rules) throws Exception {
        SessionLedger ledger = ledger(rules);
        QuotaOperations before = cluster.stores.get(0).operations();
        Deque<String> open = new ArrayDeque<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            assertThat(Await.result(open(ledger, "s" + i, user.apply(i)))).isInstanceOf(Granted.class);
            open.add("s" + i);
            if (open.size() > 10) {
                release(ledger, List.of(open.remove()));
            }
        }
        release(ledger, List.copyOf(open));
        return since(before, user, rules);
    }

    /** Connections that come at the same time, and go so. */
    private QuotaOperations together(IntFunction<String> user, QuotaRule... rules) throws Exception {
        SessionLedger ledger = ledger(rules);
        QuotaOperations before = cluster.stores.get(0).operations();
        List<String> open = new ArrayList<>();
        List<Future<QuotaOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            outcomes.add(open(ledger, "s" + i, user.apply(i)));
            open.add("s" + i);
        }
        assertThat(Await.result(Future.all(outcomes)).<QuotaOutcome>list()).hasOnlyElementsOfType(Granted.class);
        release(ledger, open);
        return since(before, user, rules);
    }

    /** How it is as long as the answers that there is plenty of room are fresh; a machine that is late has to try again. */
    private QuotaOperations quickly(Callable<QuotaOperations> connections) throws Exception {
        for (int i = 0; i < 10; i++) {
            long begun = System.nanoTime();
            QuotaOperations cost = connections.call();
            if (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(SessionCounter.TRUST)) {
                return cost;
            }
        }
        throw new AssertionError("never in " + SessionCounter.TRUST + " ms");
    }

    private QuotaOperations since(QuotaOperations before, IntFunction<String> user, QuotaRule... rules) {
        Await.until(() -> nothingRecorded(rules, user));
        QuotaOperations after = cluster.stores.get(0).operations();
        return new QuotaOperations(
                after.starts() - before.starts(),
                after.ends() - before.ends(),
                after.renewals() - before.renewals(),
                after.traffic() - before.traffic(),
                0);
    }

    private boolean nothingRecorded(QuotaRule[] rules, IntFunction<String> user) {
        for (QuotaRule rule : rules) {
            for (int i = 0; i < CONNECTIONS; i++) {
                String subject = rule.key() == QuotaKey.USER ? user.apply(i) : "staff";
                if (cluster.recorded(1, rule.counterOf(subject)) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Their places are taken by those that come; on a busy machine some come too late for that. */
    @Test
    void aBusyUserNeedsFewOperations() throws Exception {
        QuotaOperations cost = oneByOne(
                i -> "alice",
                rule("busy", QuotaKey.USER, SessionLimit.open(200), false),
                rule("busy-group", QuotaKey.GROUP, SessionLimit.open(200), false));
        assertThat(cost.starts() + cost.ends()).isLessThan(2 * CONNECTIONS);
    }

    @Test
    void aLimitOfStartsNeedsOneForEachOfThem() throws Exception {
        QuotaOperations cost =
                oneByOne(i -> "alice", rule("paced", QuotaKey.USER, new SessionLimit(200, 100_000), true));
        assertThat(cost.starts()).isEqualTo(CONNECTIONS);
        assertThat(cost.traffic()).isOne();
    }

    @Test
    void usersWithOneConnectionEachNeedOneForEachAndEndTogether() throws Exception {
        QuotaOperations cost = quickly(() -> together(
                i -> "user" + i,
                rule("many", QuotaKey.USER, SessionLimit.open(200), true),
                rule("many-group", QuotaKey.GROUP, SessionLimit.open(1_000), false)));
        assertThat(cost.starts()).isBetween((long) CONNECTIONS, CONNECTIONS * 2L);
        assertThat(cost.ends()).isLessThan(CONNECTIONS);
        assertThat(cost.traffic()).isEqualTo(CONNECTIONS);
    }
}
