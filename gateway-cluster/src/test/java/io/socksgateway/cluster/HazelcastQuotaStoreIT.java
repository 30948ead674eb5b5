package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.testkit.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Three members that live; each test has counters of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class HazelcastQuotaStoreIT {

    private static final int LIMIT = 10;

    private ThreeMembers cluster;

    @BeforeAll
    void start() throws Exception {
        cluster = new ThreeMembers(1);
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    private ShareMap map(int member) {
        HazelcastInstance hazelcast = cluster.members.get(member);
        return new ShareMap(hazelcast, hazelcast.getCluster()::getClusterTime);
    }

    private boolean acquire(int member, String counter) throws Exception {
        return Await.result(cluster.acquire(member, counter, LIMIT));
    }

    @Test
    void theEleventhIsRefusedOnWhicheverNodeItArrives() throws Exception {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(acquire(i % 3, "eleventh")).isTrue();
        }
        for (int member = 0; member < 3; member++) {
            assertThat(acquire(member, "eleventh")).isFalse();
        }
        cluster.stores.get(1).release("eleventh");
        Await.until(() -> cluster.recorded(0, "eleventh") == LIMIT - 1);
        assertThat(acquire(2, "eleventh")).isTrue();
        assertThat(acquire(0, "eleventh")).isFalse();
    }

    @Test
    void twoHundredThatRaceOverThreeNodesNeverHaveMoreThanTenOpen() throws Exception {
        Race race = new Race();
        List<Future<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Promise<Void> served = Promise.promise();
            race.run(i % 3, served);
            clients.add(served.future());
        }
        Await.result(Future.all(clients));
        assertThat(race.most.get()).isEqualTo(LIMIT);
        assertThat(race.open.get()).isZero();
        Await.until(() -> cluster.recorded(0, "race") == 0);
    }

    private final class Race {
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final Promise<Void> full = Promise.promise();

        /** Asks until it is granted once, holds until the limit was reached and a moment more, and gives back. */
        void run(int member, Promise<Void> served) {
            cluster.acquire(member, "race", LIMIT).onComplete(granted -> {
                if (granted.failed()) {
                    served.fail(granted.cause());
                } else if (granted.result()) {
                    if (most.accumulateAndGet(open.incrementAndGet(), Math::max) == LIMIT) {
                        full.tryComplete();
                    }
                    full.future()
                            .onSuccess(reached -> cluster.vertx.setTimer(5, id -> {
                                open.decrementAndGet();
                                cluster.stores.get(member).release("race");
                                served.complete();
                            }));
                } else {
                    cluster.vertx.setTimer(1, id -> run(member, served));
                }
            });
        }
    }

    @Test
    void aSecondHasNoMoreStartsThanTheRateOnAllNodesTogether() throws Exception {
        cluster.stopClock();
        assertThat(startAll()).isEqualTo(50);
        for (int i = 0; i < 50; i++) {
            cluster.stores.forEach(store -> store.release("rate"));
        }
        // those that have ended have started all the same; a second later there is room
        cluster.pass(999);
        assertThat(startAll()).isZero();
        cluster.pass(21);
        assertThat(startAll()).isEqualTo(50);
        cluster.startClock();
    }

    /** How many of three hundred that ask at once may start. */
    private int startAll() {
        SessionLimit limit = new SessionLimit(SessionLimit.UNLIMITED, 50);
        List<Future<Boolean>> asked = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            asked.add(cluster.stores.get(i % 3).acquire("rate", limit));
        }
        int granted = 0;
        for (Future<Boolean> answer : asked) {
            granted += Await.result(answer) ? 1 : 0;
        }
        return granted;
    }

    /** As it is, or soon: what a node waits for before it says that it is ready. */
    @Test
    void aNodeThatGoesOnIsSteadyAndGrants() throws Exception {
        Await.result(cluster.stores.get(0).steady());
        assertThat(acquire(0, "steady")).isTrue();
        cluster.stores.get(0).release("steady");
    }

    @Test
    void theEntryOfACounterThatNobodyHoldsIsRemoved() throws Exception {
        assertThat(acquire(0, "removed")).isTrue();
        assertThat(acquire(1, "removed")).isTrue();
        var map = cluster.members.get(2).getMap(ShareMap.config().getName());
        assertThat(map.containsKey("removed")).isTrue();
        cluster.stores.get(0).release("removed");
        cluster.stores.get(1).release("removed");
        Await.until(() -> !map.containsKey("removed"));
    }

    @Test
    void releasesOfWhatIsNotHeldDoNothing() throws Exception {
        assertThat(Await.result(cluster.acquire(0, "unheld", 1))).isTrue();
        cluster.stores.get(1).release("unheld");
        cluster.stores.get(1).release("unheld");
        assertThat(Await.result(cluster.acquire(1, "unheld", 1))).isFalse();
    }

    @Test
    void answersComeOnTheContextOfTheCaller() throws Exception {
        Context context = cluster.vertx.getOrCreateContext();
        Promise<Context> answered = Promise.promise();
        context.runOnContext(start ->
                cluster.acquire(0, "context", LIMIT).onComplete(granted -> answered.complete(Vertx.currentContext())));
        assertThat(Await.result(answered.future())).isSameAs(context);
    }

    @Test
    void withTooFewMembersNothingIsGrantedButReleasesGoThrough() throws Exception {
        assertThat(acquire(0, "few")).isTrue();
        HazelcastQuotaStore lonely = HazelcastQuotaStore.open(
                cluster.vertx, cluster.members.get(0), new Sight(4, 4, PartitionPolicy.DENY), map(0));
        assertThatThrownBy(() -> Await.result(lonely.acquire("few", SessionLimit.open(LIMIT))))
                .hasMessage("members in sight: 3 (expected: at least 4)");
        assertThat(cluster.recorded(1, "few")).isEqualTo(1);
        Await.result(lonely.close());
    }

    @Test
    void aShareThatTheMapHasLostIsRecordedAgain() throws Exception {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(acquire(0, "lost")).isTrue();
        }
        cluster.members.get(1).getMap(ShareMap.config().getName()).delete("lost");
        Await.until(() -> cluster.recorded(2, "lost") == LIMIT);
        assertThat(acquire(1, "lost")).isFalse();
    }

    /** By half a lease either way: members' clocks differ by as much as a heartbeat was late. */
    @Test
    void aLeaseThatNobodyRenewsExpires() throws Exception {
        HazelcastInstance member = cluster.members.get(0);
        AtomicLong ahead = new AtomicLong(-ShareMap.LEASE * 3 / 2);
        HazelcastQuotaStore early = HazelcastQuotaStore.open(
                cluster.vertx,
                member,
                new Sight(1, 1, PartitionPolicy.DENY),
                new ShareMap(member, () -> member.getCluster().getClusterTime() + ahead.get()));
        assertThat(Await.result(early.acquire("expiry", SessionLimit.open(1)))).isTrue();
        // by the clock of the others its lease has ended before it began, though it is renewed all the time
        assertThat(Await.result(cluster.acquire(1, "expiry", 1))).isTrue();

        ahead.set(-ShareMap.LEASE / 2);
        assertThat(Await.result(early.acquire("unexpired", SessionLimit.open(1))))
                .isTrue();
        assertThat(Await.result(cluster.acquire(1, "unexpired", 1))).isFalse();
        Await.result(early.close());
    }
}
