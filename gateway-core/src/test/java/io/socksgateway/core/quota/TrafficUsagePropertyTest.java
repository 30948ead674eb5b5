package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.Reservation.Answer;
import io.socksgateway.core.quota.Reservation.Ask;
import io.socksgateway.core.quota.Reservation.Left;
import io.socksgateway.core.quota.TrafficUsage.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** Nodes that reserve, move, give back, die, forget, and whose messages get lost, come twice or too late. */
class TrafficUsagePropertyTest {

    private static final long MIB = 1 << 20;
    private static final long PERIOD = 1_000;

    private final List<ReservingNode> nodes = new ArrayList<>();
    private final List<Ask> late = new ArrayList<>();
    private @Nullable TrafficUsage usage;
    private long limit;
    private long movedByTheDead;

    private void begin(int count, long octets) {
        nodes.clear();
        late.clear();
        for (int i = 1; i <= count; i++) {
            nodes.add(new ReservingNode(i));
        }
        usage = null;
        limit = octets;
        movedByTheDead = 0;
    }

    private Answer execute(Ask ask) {
        Result result = TrafficUsage.reserve(usage, ask, PERIOD, limit);
        usage = result.usage();
        return result.answer();
    }

    private long moved() {
        return movedByTheDead + nodes.stream().mapToLong(node -> node.moved).sum();
    }

    @Property(tries = 400)
    void neverAnOctetAboveTheLimitWhateverHappens(
            @ForAll Random random, @ForAll @LongRange(max = 300 * MIB) long octets) {
        begin(1 + random.nextInt(5), octets);
        int names = nodes.size();
        for (int step = 0; step < 500; step++) {
            int index = random.nextInt(nodes.size());
            ReservingNode node = nodes.get(index);
            switch (random.nextInt(20)) {
                case 0 -> { // dies, and somebody else comes
                    movedByTheDead += node.moved;
                    nodes.set(index, new ReservingNode(++names));
                }
                case 1 -> {
                    node.answered(execute(node.ask(0)));
                    node.begin();
                }
                case 2 -> { // executed, but the answer gets lost
                    Answer lost = execute(node.ask(random.nextLong(8 * MIB)));
                    assertThat(lost.left()).isNotEqualTo(Left.OVER);
                }
                case 3 -> late.add(node.ask(node.held + random.nextLong(8 * MIB)));
                case 4 -> { // an ask that nobody waits for any more is executed all the same
                    if (!late.isEmpty()) {
                        Answer ignored = execute(late.remove(random.nextInt(late.size())));
                        assertThat(ignored.held()).isNotNegative();
                    }
                }
                case 5, 6 -> node.answered(execute(node.ask(random.nextLong(node.held + 1))));
                case 7, 8, 9, 10 -> { // executed twice
                    Ask ask = node.ask(random.nextLong(8 * MIB));
                    Answer first = execute(ask);
                    assertThat(execute(ask)).isEqualTo(first);
                    node.answered(first);
                }
                default -> node.move(random.nextLong(4 * MIB));
            }
            assertThat(moved()).isLessThanOrEqualTo(limit);
            if (usage != null) {
                assertThat(usage.charged()).isLessThanOrEqualTo(limit);
                assertThat(usage.held()).isNotNegative();
            }
        }
    }

    @Property(tries = 200)
    void theGreedyGetAllOfItThoughOthersHoldSome(
            @ForAll Random random, @ForAll @LongRange(min = 1, max = 300 * MIB) long octets) {
        begin(3, octets);
        ReservingNode greedy = nodes.get(0);
        int asks = 0;
        Answer answer;
        do {
            for (ReservingNode other : nodes.subList(1, 3)) { // these two move a little and then nothing
                if (asks < 5) {
                    other.answered(execute(other.ask(MIB)));
                    other.move(random.nextInt(1_000));
                }
            }
            answer = execute(greedy.ask(greedy.held + 4 * MIB));
            greedy.answered(answer);
            greedy.move(Long.MAX_VALUE);
            asks++;
        } while (answer.left() == Left.SOME);
        // so much is there even if the others never move again
        assertThat(moved()).isGreaterThanOrEqualTo(octets - 2 * Math.max(octets / 8, TrafficUsage.SMALLEST));
        assertThat(asks).isLessThan(250);

        if (answer.left() == Left.ELSEWHERE) {
            nodes.subList(1, 3).forEach(other -> other.answered(execute(other.ask(0))));
            do {
                answer = execute(greedy.ask(4 * MIB));
                greedy.answered(answer);
                greedy.move(Long.MAX_VALUE);
            } while (answer.left() == Left.SOME);
        }
        assertThat(answer.left()).isEqualTo(Left.NOTHING);
        assertThat(moved()).isEqualTo(octets);
    }

    @Property(tries = 200)
    void partsThatWereSplitKnowAllOfItWhenTheyMerge(@ForAll Random random) {
        begin(4, 100 * MIB);
        nodes.forEach(node -> node.answered(execute(node.ask(MIB))));
        @Nullable TrafficUsage[] sides = {usage, random.nextBoolean() ? usage : null}; // no part has all of the entries
        for (int step = 0; step < 50; step++) {
            int i = random.nextInt(4);
            usage = sides[i % 2];
            nodes.get(i).move(random.nextLong(MIB));
            nodes.get(i).answered(execute(nodes.get(i).ask(random.nextLong(2 * MIB))));
            sides[i % 2] = usage;
        }
        TrafficUsage merged = sides[0].merge(sides[1]);
        assertThat(merged).isEqualTo(sides[1].merge(sides[0])).isEqualTo(merged.merge(sides[0]));
        long claimed = nodes.stream().mapToLong(node -> node.moved + node.held).sum();
        assertThat(merged.charged()).isEqualTo(claimed);
    }
}
