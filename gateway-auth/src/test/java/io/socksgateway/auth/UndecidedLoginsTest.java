package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.LoginSubject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UndecidedLoginsTest {

    private int most = 2;
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final UndecidedLogins logins = new UndecidedLogins(key -> most, later::add);
    private final List<String> turns = new ArrayList<>();

    private static LoginSubject who(String client, String user) {
        return new LoginSubject("client/" + client, "user/" + user, 0);
    }

    private void await(LoginSubject who, String name) {
        logins.await(who, () -> turns.add(name));
        run();
    }

    private void run() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @Test
    void theThirdOfAClientWaitsForItsTurn() {
        LoginSubject one = who("a", "1");
        LoginSubject two = who("a", "2");
        LoginSubject three = who("a", "3");
        assertThat(logins.enter(one)).isTrue();
        assertThat(logins.enter(two)).isTrue();
        assertThat(logins.enter(three)).isFalse();
        assertThat(logins.enter(who("b", "3"))).as("another client").isTrue();
        await(three, "three");
        assertThat(turns).isEmpty();
        logins.decided(one);
        run();
        assertThat(turns).containsExactly("three");
    }

    @Test
    void theThirdOfAUserWaitsWhereverItComesFrom() {
        assertThat(logins.enter(who("a", "alice"))).isTrue();
        assertThat(logins.enter(who("b", "alice"))).isTrue();
        assertThat(logins.enter(who("c", "alice"))).isFalse();
    }

    @Test
    void whoCannotWaitLongerIsNotInTheWay() {
        LoginSubject one = who("a", "1");
        assertThat(logins.enter(one)).isTrue();
        assertThat(logins.enter(one)).isTrue();
        await(one, "behind");
        logins.decided(one);
        logins.decided(one);
        run();
        logins.decided(one);
        assertThat(turns).containsExactly("behind");
        assertThat(logins.size()).isZero();
    }

    /** What has failed meanwhile counts too. */
    @Test
    void thereMayBeLessRoomThanThereWas() {
        LoginSubject one = who("a", "1");
        assertThat(logins.enter(one)).isTrue();
        assertThat(logins.enter(one)).isTrue();
        await(one, "first");
        await(one, "second");
        most = 1;
        logins.decided(one);
        run();
        assertThat(turns).isEmpty();
        logins.decided(one);
        run();
        assertThat(turns).containsExactly("first");
        most = 5;
        logins.decided(one);
        run();
        assertThat(turns).containsExactly("first", "second");
    }

    /** Everybody gets a turn, never more than two of a client or user at a time, and nothing is left. */
    @Test
    void nobodyIsForgotten() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<LoginSubject> running = new ArrayList<>();
            int[] had = {0};
            for (int i = 0; i < 50; i++) {
                LoginSubject who = who("" + random.nextInt(4), "" + random.nextInt(4));
                if (logins.enter(who)) {
                    had[0]++;
                    running.add(who);
                } else {
                    logins.await(who, () -> {
                        had[0]++;
                        running.add(who);
                    });
                }
                run();
                assertAtMostTwoEach(running);
                if (random.nextInt(3) == 0 && !running.isEmpty()) {
                    logins.decided(running.remove(random.nextInt(running.size())));
                    run();
                }
            }
            while (!running.isEmpty()) {
                logins.decided(running.remove(random.nextInt(running.size())));
                run();
                assertAtMostTwoEach(running);
            }
            assertThat(had[0]).isEqualTo(50);
            assertThat(logins.size()).isZero();
        }
    }

    private static void assertAtMostTwoEach(List<LoginSubject> running) {
        Map<String, Integer> counts = new HashMap<>();
        running.forEach(who -> who.keys().forEach(key -> counts.merge(key, 1, Integer::sum)));
        assertThat(counts.values()).allMatch(count -> count <= 2);
    }
}
