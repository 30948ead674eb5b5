package io.socksgateway.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TankTest {

    private final AtomicInteger thirst = new AtomicInteger();
    private final Tank tank = new Tank(thirst::incrementAndGet);
    private final List<String> called = new ArrayList<>();

    @Test
    void thirstIsToldOnceUntilItIsSeen() {
        assertThat(tank.take(10)).isZero();
        assertThat(tank.take(10)).isZero();
        assertThat(thirst.get()).isEqualTo(1);
        tank.seen();
        assertThat(tank.isThirsty()).isTrue();
        tank.quench();
        assertThat(tank.isThirsty()).isFalse();
        tank.fill(100);
        tank.low(50);
        assertThat(tank.take(40)).isEqualTo(40);
        assertThat(thirst.get()).isEqualTo(1);
        assertThat(tank.take(20)).isEqualTo(20);
        assertThat(thirst.get()).as("below the mark").isEqualTo(2);
        tank.seen();
        assertThat(tank.take(100)).isEqualTo(40);
        assertThat(thirst.get()).isEqualTo(3);
    }

    @Test
    void whoWaitsIsCalledInTurnAndGetsAPart() {
        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(tank.take(1)).isZero();
            tank.await(() -> called.add(name));
        }
        tank.fill(40_000);
        assertThat(called).containsExactly("a", "b", "c", "d");
        for (int i = 0; i < 4; i++) {
            assertThat(tank.take(64_000)).isEqualTo(10_000);
        }
        assertThat(tank.take(64_000)).isZero();
    }

    @Test
    void ofLittleNotEverybodyGetsNextToNothing() {
        for (String name : List.of("a", "b", "c", "d")) {
            tank.await(() -> called.add(name));
        }
        tank.fill(3_000);
        assertThat(called).containsExactly("a", "b");
        assertThat(tank.waiting()).isEqualTo(2);
        tank.fill(100_000);
        assertThat(called).containsExactly("a", "b", "c", "d");
    }

    @Test
    void nobodyWaitsWhileThereIsSomething() {
        tank.fill(10);
        tank.await(() -> called.add("at once"));
        assertThat(called).containsExactly("at once");
        assertThat(tank.take(10)).isEqualTo(10);
        tank.await(() -> called.add("given back"));
        tank.giveBack(3);
        assertThat(called).containsExactly("at once", "given back");
    }

    @Test
    void whoWaitsHearsThatThereIsNothingAnyMore() {
        tank.await(() -> called.add("waiting"));
        tank.usedUp();
        tank.await(() -> called.add("later"));
        assertThat(called).containsExactly("waiting", "later");
        assertThat(tank.isUsedUp()).isTrue();
        tank.fill(1);
        assertThat(tank.isUsedUp()).isFalse();
    }

    @Test
    void aDatagramIsTakenWholeOrOnCredit() {
        tank.fill(1_000);
        assertThat(tank.takeWhole(1_001, Tank.NO_CREDIT)).isFalse();
        assertThat(tank.takeWhole(600, Tank.NO_CREDIT)).isTrue();
        assertThat(tank.takeWhole(500, 100)).isTrue();
        assertThat(tank.takeWhole(100, 101)).isTrue();
        assertThat(tank.octets()).isEqualTo(-200);
        assertThat(tank.takeWhole(1, 200)).isFalse();
        assertThat(tank.take(1)).isZero();
        tank.fill(201);
        assertThat(tank.take(10)).isEqualTo(1);
    }

    @Test
    void nothingIsLostOrMadeWhenThreadsRace() throws Exception {
        Callable<Long> session = () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long moved = 0;
            for (int i = 0; i < 20_000; i++) {
                int taken = tank.take(1 + random.nextInt(1_000));
                int unused = taken == 0 ? 0 : random.nextInt(taken + 1);
                tank.giveBack(unused);
                moved += taken - unused;
                if (i % 100 == 0) {
                    tank.fill(10_000);
                }
            }
            return moved;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        long moved = 0;
        try {
            for (Future<Long> each : threads.invokeAll(
                    IntStream.range(0, 4).mapToObj(i -> session).toList())) {
                moved += each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(moved + tank.octets()).isEqualTo(4 * 200 * 10_000L);
        assertThat(tank.octets()).isNotNegative();
    }
}
