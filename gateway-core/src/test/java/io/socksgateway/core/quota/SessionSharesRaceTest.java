package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.SessionShares.Grant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random interleavings of nodes that acquire, release, renew, die and come back as somebody else. */
class SessionSharesRaceTest {

    private static final int LIMIT = 10;
    private static final long LEASE = 50;

    private final UUID[] nodes = {new UUID(1, 0), new UUID(2, 0), new UUID(3, 0)};
    private final int[] held = new int[nodes.length];
    private final long[] leases = new long[nodes.length];
    private SessionShares shares = SessionShares.NONE;
    private long now;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverMoreOpenThanTheLimitAndNeverRoomThatIsNotGiven(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 20_000; step++) {
            int i = random.nextInt(nodes.length);
            switch (random.nextInt(100)) {
                case 0 -> die(i, random.nextBoolean());
                case 1, 2, 3, 4, 5 -> renew();
                default -> {
                    if (random.nextInt(20) < 11) {
                        acquire(i, 1 + random.nextInt(3));
                    } else if (held[i] > 0) {
                        held[i]--;
                        settle(i);
                    }
                }
            }
            check();
        }
        for (int i = 0; i < nodes.length; i++) {
            held[i] = 0;
            settle(i);
        }
        now += LEASE;
        assertThat(shares.unexpired(now)).isEqualTo(SessionShares.NONE);
    }

    private void acquire(int i, int wanted) {
        long room = LIMIT - shares.open(now);
        Grant grant = shares.acquire(nodes[i], wanted, LIMIT, now, now + LEASE);
        assertThat(grant.granted()).isEqualTo((int) Math.min(wanted, room));
        shares = grant.shares();
        held[i] += grant.granted();
        leases[i] = grant.granted() > 0 ? now + LEASE : leases[i];
    }

    private void settle(int i) {
        shares = shares.settle(nodes[i], held[i], now + LEASE);
        leases[i] = now + LEASE;
    }

    /** Time passes, and every living node renews in time. */
    private void renew() {
        now += LEASE / 2;
        for (int i = 0; i < nodes.length; i++) {
            settle(i);
        }
    }

    private void die(int i, boolean noticed) {
        if (noticed) {
            shares = shares.without(nodes[i]);
        }
        nodes[i] = new UUID(nodes[i].getMostSignificantBits(), nodes[i].getLeastSignificantBits() + 1);
        held[i] = 0;
    }

    private void check() {
        assertThat(shares.open(now)).isBetween(0L, (long) LIMIT);
        for (int i = 0; i < nodes.length; i++) {
            assertThat(shares.heldBy(nodes[i])).isEqualTo(held[i]);
            assertThat(held[i] == 0 || leases[i] > now).isTrue();
        }
    }
}
