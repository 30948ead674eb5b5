package io.socksgateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Stopwatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members that die without a word. */
class MemberDeathIT {

    private static final int LIMIT = 10;

    /** Milliseconds; for a machine that has little time. */
    private static final long DEADLINE = 40_000;

    /** Milliseconds within which the sessions of a dead node are free again, but for pauses of the machine. */
    private static final long FREE_AGAIN = 15_000;

    private ThreeMembers cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new ThreeMembers(2);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    private boolean acquire(int member, String counter) throws Exception {
        return Await.result(cluster.acquire(member, counter, LIMIT));
    }

    private void take(int member, String counter, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertThat(acquire(member, counter)).isTrue();
        }
    }

    private int seenBy(int member) {
        return cluster.members.get(member).getCluster().getMembers().size();
    }

    @Test
    void theShareOfADeadMemberIsFreeBeforeItsLeaseEndsAndNoMoreThanThat() throws Exception {
        cluster.stopClock(); // no lease ends
        String ownedByTheDead = cluster.counterAt(0);
        String ownedByTheLiving = cluster.counterAt(1);
        for (String counter : new String[] {ownedByTheDead, ownedByTheLiving}) {
            take(0, counter, 6);
            take(1, counter, 3);
            take(2, counter, 1);
            assertThat(acquire(2, counter)).isFalse();
        }
        Stopwatch sinceDeath = Stopwatch.start();
        // the oldest, which is the one that would sweep
        cluster.terminate(0);
        for (String counter : new String[] {ownedByTheDead, ownedByTheLiving}) {
            Await.until(cluster.vertx, DEADLINE, () -> cluster.acquire(1, counter, LIMIT), granted -> granted);
            assertThat(sinceDeath.awake()).isLessThan(FREE_AGAIN);
            take(2, counter, 5);
            assertThat(acquire(1, counter)).isFalse();
            assertThat(acquire(2, counter)).isFalse();
        }
    }

    @Test
    void whatTheLivingHoldSurvivesTheOwnerOfTheCounter() throws Exception {
        String counter = cluster.counterAt(2);
        take(0, counter, 5);
        take(1, counter, 5);
        cluster.terminate(2);
        // all the time while the others notice, and promote the backup
        do {
            assertThat(acquire(0, counter)).isFalse();
            assertThat(acquire(1, counter)).isFalse();
        } while (seenBy(0) == 3 || seenBy(1) == 3);
        assertThat(acquire(0, counter)).isFalse();
        assertThat(acquire(1, counter)).isFalse();
        cluster.stores.get(1).release(counter);
        Await.until(cluster.vertx, DEADLINE, () -> cluster.acquire(0, counter, LIMIT), granted -> granted);
        assertThat(acquire(1, counter)).isFalse();

        cluster.terminate(1);
        Await.until(
                cluster.vertx,
                DEADLINE,
                () -> cluster.acquire(0, counter, LIMIT)
                        .map(granted -> "")
                        .otherwise(failure -> String.valueOf(failure.getMessage())),
                answer -> answer.equals("members in sight: 1 (expected: at least 2)"));
    }

    @Test
    void aStoreThatIsClosedGivesBackEverythingAtOnce() throws Exception {
        take(0, "closed", 10);
        Await.result(cluster.stores.get(0).close());
        take(1, "closed", 10);
        assertThatThrownBy(() -> acquire(0, "closed")).hasMessage("the quota store is closed");
    }
}
