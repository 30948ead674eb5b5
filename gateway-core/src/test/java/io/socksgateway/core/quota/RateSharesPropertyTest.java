package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.testkit.Asks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that ask for slices every 100 ms while they have traffic. */
class RateSharesPropertyTest {

    private static final long SECONDS = 10;
    private static final int TICK = 100;

    private final List<ReservingNode> nodes = new ArrayList<>();
    private @Nullable RateShares shares;
    private long rate;

    private void begin(int count, long octetsPerSecond) {
        nodes.clear();
        for (int i = 1; i <= count; i++) {
            nodes.add(new ReservingNode(i));
        }
        shares = null;
        rate = octetsPerSecond;
    }

    private Answer execute(Ask ask, long now) {
        RateShares.Result result = RateShares.reserve(shares, ask, rate, now);
        shares = result.shares();
        return result.answer();
    }

    private long moved() {
        return nodes.stream().mapToLong(node -> node.moved).sum();
    }

    /** Ten seconds in which those nodes have endless demand for which the test says so at that second. */
    private void run(Demand demand) {
        for (long now = 0; now < SECONDS * 1_000; now += 10) {
            for (int i = 0; i < nodes.size(); i++) {
                ReservingNode node = nodes.get(i);
                boolean wants = demand.has(i, now);
                if (wants) {
                    node.move(Long.MAX_VALUE);
                }
                if (now % TICK == i * 30L % TICK) {
                    node.answered(execute(node.ask(wants ? rate / 5 : 0), now));
                }
            }
        }
    }

    private interface Demand {
        boolean has(int node, long now);
    }

    private void isTheRate() {
        assertThat(moved()).isCloseTo(rate * SECONDS, Percentage.withPercentage(5));
    }

    @Property(tries = 50)
    void demandOnOneNode(@ForAll @LongRange(min = 1_000, max = 10_000_000_000L) long octets) {
        begin(3, octets);
        run((node, now) -> node == 1);
        isTheRate();
    }

    @Property(tries = 50)
    void demandOnAllIsSharedEqually(
            @ForAll @LongRange(min = 1_000, max = 10_000_000_000L) long octets,
            @ForAll @IntRange(min = 2, max = 8) int count) {
        begin(count, octets);
        run((node, now) -> true);
        isTheRate();
        for (ReservingNode node : nodes) {
            assertThat(node.moved)
                    .isCloseTo(moved() / count, Percentage.withPercentage(20)); // the first to come has the full bucket
        }
    }

    @Property(tries = 50)
    void demandThatMovesFromNodeToNode(
            @ForAll @LongRange(min = 10_000, max = 10_000_000_000L) long octets,
            @ForAll @IntRange(min = 500, max = 5_000) int stay) {
        begin(3, octets);
        run((node, now) -> now / stay % 3 == node);
        isTheRate();
    }

    @Test
    void aNodeThatWantsLittleGetsItAndTheOthersTheRest() {
        begin(3, 1_000_000);
        for (long now = 0; now < SECONDS * 1_000; now += TICK) {
            for (int i = 0; i < 3; i++) {
                ReservingNode node = nodes.get(i);
                node.answered(execute(node.ask(i == 0 ? 5_000 : 200_000), now + i));
                node.move(Long.MAX_VALUE);
            }
        }
        isTheRate();
        assertThat(nodes.get(0).moved).isCloseTo(500_000, within(10_000L));
        assertThat(nodes.get(1).moved).isCloseTo(nodes.get(2).moved, Percentage.withPercentage(20));
    }

    @Property(tries = 100)
    void neverMoreThanTheRateAndTheBucketWhateverHappens(@ForAll Random random) {
        begin(4, 1 + random.nextLong(1_000_000));
        int names = 4;
        long dead = 0;
        long now = 1_000_000;
        long start = now;
        for (int step = 0; step < 2_000; step++) {
            // 20 ms for the clocks of nodes, which differ
            now += random.nextInt(30);
            int i = random.nextInt(4);
            ReservingNode node = nodes.get(i);
            switch (random.nextInt(12)) {
                case 0 -> {
                    dead += node.moved;
                    nodes.set(i, new ReservingNode(++names));
                }
                case 1 -> {
                    Answer lost = execute(node.ask(random.nextLong(rate)), now);
                    assertThat(lost.held()).isNotNegative();
                }
                case 2 -> {
                    Ask ask = node.ask(random.nextLong(rate));
                    Answer first = execute(ask, now);
                    if (ask.wanted() > 0) {
                        assertThat(execute(ask, now + 5)).isEqualTo(first);
                    }
                    node.answered(first);
                }
                default -> {
                    node.answered(execute(node.ask(random.nextLong(rate)), now - random.nextInt(20)));
                    node.move(random.nextLong(rate));
                }
            }
            assertThat(dead + moved()).isLessThanOrEqualTo(rate * (now - start + RateShares.BURST + 20) / 1_000 + 1);
        }
    }

    @Test
    void whatIsMovedBeyondTheGrantIsPaidBackFirst() {
        begin(1, 1_000);
        ReservingNode node = nodes.get(0);
        node.answered(execute(node.ask(100), 0));
        node.held -= 600; // a datagram that could not be cut
        node.moved += 600;
        assertThat(execute(node.ask(0), 0).held()).isZero();
        assertThat(shares).extracting(RateShares::level).isEqualTo(-350_000L);
        IntPredicate granted =
                at -> execute(Asks.of(node.id, 10L + at, true, 0, 100), at).held() > 0;
        assertThat(granted.test(340)).isFalse();
        assertThat(granted.test(360)).isTrue();
    }

    @Test
    void anIdleCounterIsForgotten() {
        begin(1, 1_000);
        ReservingNode node = nodes.get(0);
        node.answered(execute(node.ask(200), 0));
        node.move(200);
        node.answered(execute(node.ask(0), 10));
        assertThat(shares).extracting(RateShares::byNode).isEqualTo(Map.of());
        assertThat(shares).extracting(known -> known.isForgotten(1_000)).isEqualTo(false);
        node.answered(execute(node.ask(0), 300));
        assertThat(shares).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {600, 2_000, 5_000, 20_000})
    void anotherKeeperWhoseClockIsBehindGoesOnWithWhatIsThere(long behind) {
        begin(1, 1_000);
        ReservingNode node = nodes.get(0);
        node.answered(execute(node.ask(1_000), 100_000));
        assertThat(node.held).isEqualTo(250);
        node.move(250);
        node.answered(execute(node.ask(1_000), 100_000 - behind));
        assertThat(node.held).as("no time has passed").isZero();
        node.answered(execute(node.ask(1_000), 100_200 - behind));
        assertThat(node.held).isEqualTo(200);
    }

    /** The shares of nodes are from the other side of the jump: one that is dead divides nothing, one that lives loses nothing. */
    @Property(tries = 30)
    void aClockThatIsSetChangesNothing(
            @ForAll @LongRange(min = 1_000, max = 1_000_000_000) long octets, @ForAll boolean back) {
        begin(3, octets);
        long set = back ? -3_600_000 : 3_600_000;
        for (long now = 0; now < 2 * SECONDS * 1_000; now += TICK) {
            long clock = 10_000_000 + now + (now < SECONDS * 1_000 ? 0 : set);
            for (int i = 0; i < (now < SECONDS * 1_000 ? 3 : 2); i++) {
                Answer answer = execute(nodes.get(i).ask(rate / 5), clock + i);
                assertThat(answer.held()).isNotNegative();
                nodes.get(i).answered(answer);
                nodes.get(i).move(Long.MAX_VALUE);
            }
        }
        assertThat(moved()).isCloseTo(2 * rate * SECONDS, Percentage.withPercentage(5));
    }
}
