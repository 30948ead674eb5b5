package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.testkit.Hex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveSlabTest {

    private final ReceiveSlab slab = new ReceiveSlab();

    @AfterEach
    void release() {
        slab.release();
    }

    @Test
    void aHeaderGoesInFrontOfEverySlotInPlace() {
        ByteBuf slots = slab.slots(2);
        long base = slots.memoryAddress();
        ByteBuf first = slice(slots, 0, "aa bb");
        ByteBuf second = slice(slots, ReceiveSlab.SLOT, "cc dd");
        slots.release();

        ByteBuf framed = slab.prepend(Hex.bytes("01 02 03"), first);
        ByteBuf other = slab.prepend(Hex.bytes("04 05 06"), second);

        assertThat(Hex.text(framed)).isEqualTo("01 02 03 aa bb");
        assertThat(Hex.text(other)).isEqualTo("04 05 06 cc dd");
        assertThat(framed.memoryAddress()).as("not copied").isEqualTo(base - 3);
        framed.release();
        other.release();
        assertThat(first.refCnt()).as("nothing but the slab holds it").isEqualTo(1);
    }

    @Test
    void memoryIsUsedAgainOnlyWhenNobodyHoldsIt() {
        ByteBuf slots = slab.slots(1);
        long first = slots.memoryAddress();
        slots.release();
        slots = slab.slots(1);
        assertThat(slots.memoryAddress()).isEqualTo(first);
        ByteBuf kept = slice(slots, 0, "aa bb");
        slots.release();

        ByteBuf others = slab.slots(ReceiveSlab.SLOTS);
        others.setZero(0, others.capacity());

        assertThat(others.memoryAddress()).isNotEqualTo(first);
        assertThat(Hex.text(kept)).isEqualTo("aa bb");
        others.release();
        kept.release();
        assertThat(kept.refCnt()).isZero();
    }

    @Test
    void whatIsElsewhereIsCopied() {
        ByteBuf payload = Unpooled.copiedBuffer(Hex.bytes("aa bb"));

        ByteBuf framed = slab.prepend(Hex.bytes("01 02"), payload);

        assertThat(Hex.text(framed)).isEqualTo("01 02 aa bb");
        assertThat(payload.refCnt()).isZero();
        framed.release();
    }

    /** As the channel makes it. */
    private static ByteBuf slice(ByteBuf slots, int index, String hex) {
        byte[] octets = Hex.bytes(hex);
        slots.setBytes(index, octets);
        return slots.retainedSlice(index, octets.length);
    }
}
