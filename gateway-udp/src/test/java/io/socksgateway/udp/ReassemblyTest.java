package io.socksgateway.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReassemblyTest {

    private static final int LIMIT = 1 << 20;
    private static final byte[] HERE = {1, 127, 0, 0, 1, 0, 53};

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final AtomicInteger lost = new AtomicInteger();
    private int limit = LIMIT;
    private Budget budget = new Budget(LIMIT);
    private Reassembly reassembly = reassembly();

    private Reassembly reassembly() {
        return new Reassembly(5_000, clock::get, budget, UnpooledByteBufAllocator.DEFAULT, lost::addAndGet);
    }

    @AfterEach
    void everythingIsGivenBack() {
        reassembly.abandon();
        assertThat(budget.left()).isEqualTo(limit);
    }

    /**
     * Fragments by position, "!" the last of a sequence, with a letter for the payload; ":b" for another destination,
     * "+n" for n milliseconds that pass. What is complete comes out.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    1a! | a | 0
                    1a 2b! | ab | 0
                    1a 2b 3c 4d! | abcd | 0
                    1a 2b! 1c 2d! | ab cd | 0
                    2b! | - | 1
                    2b 1a! | a | 1
                    1a 3c! | - | 2
                    1a 3c 2b! | - | 3
                    1a 3c 1d 2e! | de | 2
                    1a 2b 1c 2d! | cd | 2
                    1a 2b 1c! | c | 2
                    1a 2b 2x 3c! | abc | 1
                    1a 1b 2c! | bc | 1
                    1a 2b 3c 2x 4d! | - | 5
                    1a 2b 0x! 3c! | - | 4
                    0x | - | 1
                    0x! | - | 1
                    1a 2b:b! | - | 2
                    1a 1c:b 2d:b! | cd | 1
                    1a:b 2b! 1c 2d! | cd | 2
                    1a 2b 2b:b 3c! | - | 4
                    1a +5000 2b! | ab | 0
                    1a +5001 2b! | - | 2
                    1a +3000 2b +3000 3c! | - | 3
                    1a +5001 1b 2c! | bc | 1
                    1a 2b +5001 2c | - | 3
                    """)
    void sequences(String script, String complete, int dropped) {
        List<String> whole = new ArrayList<>();
        for (String step : script.split(" ", -1)) {
            if (step.startsWith("+")) {
                clock.addAndGet(Long.parseLong(step.substring(1)));
            } else {
                String payload = play(step);
                if (payload != null) {
                    whole.add(payload);
                }
            }
        }
        assertThat(String.join(" ", whole)).isEqualTo(complete == null ? "" : complete);
        assertThat(lost.get()).as("fragments lost").isEqualTo(dropped);
    }

    private @Nullable String play(String step) {
        byte[] to = HERE.clone();
        if (step.contains(":b")) {
            to[4]++;
        }
        ByteBuf payload = Unpooled.copiedBuffer(step.substring(1, 2), US_ASCII);
        ByteBuf whole = reassembly.add(step.charAt(0) - '0', step.endsWith("!"), to, payload);
        assertThat(payload.refCnt()).isEqualTo(1);
        assertThat(payload.readableBytes()).as("payload is copied").isEqualTo(1);
        if (whole == null) {
            return null;
        }
        String text = whole.toString(US_ASCII);
        whole.release();
        return text;
    }

    @Test
    void allOf127FragmentsFit() {
        for (int position = 1; position < 127; position++) {
            assertThat(add(position, false, 500)).isNull();
        }
        ByteBuf whole = Objects.requireNonNull(add(127, true, 500));
        assertThat(whole.readableBytes()).isEqualTo(127 * 500);
        whole.release();
        assertThat(budget.left()).isEqualTo(LIMIT);
    }

    @Test
    void theLongestDatagramFitsAndOneOctetMoreDoesNot() {
        assertThat(add(1, false, 65_000)).isNull();
        ByteBuf whole = Objects.requireNonNull(add(2, true, 507));
        assertThat(whole.readableBytes()).isEqualTo(Reassembly.LONGEST);
        whole.release();

        assertThat(add(1, false, 65_000)).isNull();
        assertThat(add(2, true, 508)).isNull();
        assertThat(reassembly.isWaiting()).isFalse();
        assertThat(lost.get()).isEqualTo(2);
    }

    @Test
    void emptyFragmentsMakeAnEmptyDatagram() {
        assertThat(add(1, false, 0)).isNull();
        ByteBuf whole = Objects.requireNonNull(add(2, true, 0));
        assertThat(whole.isReadable()).isFalse();
        whole.release();
    }

    @Test
    void whatTheBudgetDoesNotAllowIsAbandoned() {
        limit = 10_000;
        budget = new Budget(limit);
        reassembly = reassembly();

        assertThat(add(1, false, 4_000)).isNull();
        assertThat(reassembly.isWaiting()).isTrue();
        assertThat(budget.left()).isEqualTo(6_000);
        assertThat(add(2, false, 6_001)).isNull();

        assertThat(reassembly.isWaiting()).isFalse();
        assertThat(budget.left()).isEqualTo(10_000);
        assertThat(lost.get()).isEqualTo(2);
        assertThat(add(1, false, 10_001)).isNull();
        assertThat(budget.left()).isEqualTo(10_000);
    }

    @Test
    void whatIsAbandonedIsCountedOnce() {
        assertThat(add(1, false, 10)).isNull();
        assertThat(add(2, false, 10)).isNull();
        reassembly.abandon();
        reassembly.abandon();

        assertThat(lost.get()).isEqualTo(2);
        assertThat(budget.left()).isEqualTo(LIMIT);
    }

    private @Nullable ByteBuf add(int position, boolean last, int length) {
        return reassembly.add(position, last, HERE, Unpooled.wrappedBuffer(new byte[length]));
    }
}
