package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Fragments in any order, of any size, at any time. */
class ReassemblyPropertyTest {

    private static final long TIMEOUT = 5_000;
    private static final int LIMIT = 100_000;
    private static final int HEAD = 4;
    private static final int NEXT = -1;

    /**
     * A fragment that comes some milliseconds after the one before.
     *
     * @param length of the payload in octets
     */
    record Fragment(int position, boolean last, byte destination, int length, int after) {}

    /** A reassembly, and all that it was given. */
    private static final class Talk {
        final List<Fragment> said = new ArrayList<>();
        final List<Long> times = new ArrayList<>();
        private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
        private final Budget budget = new Budget(LIMIT);
        private final Reassembly reassembly =
                new Reassembly(TIMEOUT, () -> this.clock, budget, allocator, count -> this.lost += count);
        private long clock;
        private int lost;
        private int used;

        /**
         * Says a fragment: its number in all that were said, and octets that are 0.
         *
         * @return the numbers of the fragments of the datagram that this one completes, or of none
         */
        List<Integer> add(Fragment fragment) {
            clock += fragment.after();
            ByteBuf payload = Unpooled.buffer().writeInt(said.size()).writeZero(fragment.length());
            said.add(fragment);
            times.add(clock);
            byte[] destination = {1, 127, 0, 0, 1, 0, fragment.destination()};
            ByteBuf whole = reassembly.add(fragment.position(), fragment.last(), destination, payload);
            assertThat(payload.refCnt()).as("copied").isEqualTo(1);
            assertThat(budget.left()).isBetween(0L, (long) LIMIT);
            return whole == null ? List.of() : parts(whole);
        }

        private List<Integer> parts(ByteBuf whole) {
            assertThat(whole.readableBytes()).isLessThanOrEqualTo(Reassembly.LONGEST);
            List<Integer> parts = new ArrayList<>();
            while (whole.isReadable()) {
                int number = whole.readInt();
                parts.add(number);
                whole.skipBytes(said.get(number).length());
            }
            whole.release();
            used += parts.size();
            return parts;
        }

        void assertNothingIsKept() {
            reassembly.abandon();
            assertThat(used + lost).as("each is of use or lost").isEqualTo(said.size());
            assertThat(budget.left()).isEqualTo(LIMIT);
            assertThat(allocator.metric().usedDirectMemory()).isZero();
        }
    }

    @Property
    void whatComesOutWentInInOrderAndInTime(@ForAll("fragments") List<Fragment> fragments) {
        Talk talk = new Talk();
        for (Fragment fragment : fragments) {
            List<Integer> parts = talk.add(fragment);
            if (parts.isEmpty()) {
                continue;
            }
            for (int i = 0; i < parts.size(); i++) {
                Fragment part = talk.said.get(parts.get(i));
                assertThat(part.position()).isEqualTo(i + 1);
                assertThat(part.destination()).isEqualTo(fragment.destination());
                assertThat(part.last()).isEqualTo(i == parts.size() - 1);
            }
            assertThat(parts).isSorted().endsWith(talk.said.size() - 1);
            assertThat(talk.clock - talk.times.get(parts.get(0))).isLessThanOrEqualTo(TIMEOUT);
        }
        talk.assertNothingIsKept();
    }

    @Property
    void whateverCameBeforeASequenceFromTheBeginningIsWhole(
            @ForAll("fragments") List<Fragment> before, @ForAll("sequences") List<Fragment> sequence) {
        Talk talk = new Talk();
        for (Fragment fragment : before) {
            List<Integer> ignored = talk.add(fragment);
        }
        int first = talk.said.size();
        List<Integer> parts = List.of();
        for (Fragment fragment : sequence) {
            assertThat(parts).isEmpty();
            parts = talk.add(fragment);
        }
        assertThat(parts).hasSameSizeAs(sequence).startsWith(first);
    }

    @Provide
    Arbitrary<List<Fragment>> fragments() {
        Arbitrary<Integer> positions = Arbitraries.oneOf(
                Arbitraries.just(NEXT),
                Arbitraries.just(NEXT),
                Arbitraries.integers().between(0, 4),
                Arbitraries.integers().between(0, 127));
        Arbitrary<Boolean> last = Arbitraries.of(false, false, true);
        Arbitrary<Byte> destinations = Arbitraries.of((byte) 53, (byte) 53, (byte) 53, (byte) 54);
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.of(0, 1, 100, 2_044), Arbitraries.integers().between(0, 65_507 - HEAD));
        Arbitrary<Integer> pauses = Arbitraries.of(0, 0, 0, 0, 1, 2_500, 5_000, 5_001);
        return Combinators.combine(positions, last, destinations, lengths, pauses)
                .as(Fragment::new)
                .list()
                .ofMaxSize(40)
                .map(ReassemblyPropertyTest::inSequence);
    }

    /** Replaces "the next" by the position that follows from the fragment before. */
    private static List<Fragment> inSequence(List<Fragment> fragments) {
        List<Fragment> resolved = new ArrayList<>();
        int next = 1;
        for (Fragment f : fragments) {
            int position = f.position() == NEXT ? next : f.position();
            resolved.add(new Fragment(position, f.last(), f.destination(), f.length(), f.after()));
            next = f.last() ? 1 : Math.min(position + 1, 127);
        }
        return resolved;
    }

    /** From the first to the last, of what fits into a datagram. */
    @Provide
    Arbitrary<List<Fragment>> sequences() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 127),
                        Arbitraries.integers().between(0, 500),
                        Arbitraries.integers().between(0, 39))
                .as((count, length, pause) -> {
                    List<Fragment> sequence = new ArrayList<>();
                    for (int position = 1; position <= count; position++) {
                        sequence.add(new Fragment(position, position == count, (byte) 53, length, pause));
                    }
                    return sequence;
                });
    }
}
