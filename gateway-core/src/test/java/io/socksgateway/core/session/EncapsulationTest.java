package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.socksgateway.core.wire.Decoded;
import io.socksgateway.core.wire.GssFrameCodec;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.ToyContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is agreed on is kept to by us, and asked of the client. */
class EncapsulationTest {

    private static final int MOST = GssFrameCodec.MAX_TOKEN - ToyContext.OVERHEAD;

    /** What is not released is no leak. */
    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private final ToyContext client = ToyContext.initiator();
    private final ToyContext context = ToyContext.acceptor();

    private Encapsulation at(Protection level) {
        return new Encapsulation(context, level);
    }

    private ByteBuf frame(boolean confidential, int... octets) {
        byte[] message = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            message[i] = (byte) octets[i];
        }
        ByteBuf frame = Unpooled.buffer();
        GssFrameCodec.encode(GssFrameCodec.DATA, client.wrap(message, confidential), frame);
        return frame;
    }

    private static String next(Encapsulation encapsulation, ByteBuf in) throws ProtectionException {
        return Hex.text(((Decoded.Complete<byte[]>) encapsulation.next(in)).value());
    }

    private static ByteBuf seal(Encapsulation encapsulation, ByteBuf octets) throws ProtectionException {
        return encapsulation.seal(octets, HEAP);
    }

    private boolean encrypts(Encapsulation encapsulation) throws ProtectionException {
        return seal(encapsulation, Unpooled.buffer().writeByte(1)).getByte(GssFrameCodec.HEADER_LENGTH) == 1;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void messagesOfTheConnection(Protection level) throws Exception {
        boolean confidential = level != Protection.INTEGRITY;
        ByteBuf in = Unpooled.buffer().writeBytes(frame(confidential, 1, 2)).writeBytes(frame(confidential, 3));
        Encapsulation encapsulation = at(level);
        assertThat(next(encapsulation, in)).isEqualTo("01 02");
        assertThat(next(encapsulation, in)).isEqualTo("03");
        assertThat(encapsulation.next(in)).isEqualTo(Decoded.incomplete());
        assertThat(encrypts(encapsulation)).isEqualTo(confidential);
    }

    @Test
    void whatShouldBeEncryptedMustBe() throws Exception {
        assertThatThrownBy(() -> at(Protection.CONFIDENTIALITY).next(frame(false, 1)))
                .isInstanceOf(ProtectionException.class)
                .hasMessageContaining("not encrypted");
        assertThat(next(at(Protection.INTEGRITY), frame(true, 1))).isEqualTo("01");
    }

    @Test
    void selectiveDoesAsTheClientDoes() throws Exception {
        Encapsulation selective = at(Protection.SELECTIVE);
        assertThat(encrypts(selective)).isTrue();
        assertThat(next(selective, frame(false, 1))).isEqualTo("01");
        assertThat(encrypts(selective)).isFalse();
        assertThat(next(selective, frame(true, 2))).isEqualTo("02");
        assertThat(encrypts(selective)).isTrue();
    }

    @Test
    void aContextThatCannotEncryptSigns() throws Exception {
        Encapsulation selective = new Encapsulation(ToyContext.withoutEncryption(), Protection.SELECTIVE);
        assertThat(encrypts(selective)).isFalse();
    }

    @Test
    void inAConnectionNothingIsMissingLateOrThereTwice() throws Exception {
        Encapsulation encapsulation = at(Protection.INTEGRITY);
        ByteBuf first = frame(false, 1);
        assertThat(next(encapsulation, first.copy())).isEqualTo("01");
        assertThatThrownBy(() -> encapsulation.next(first.copy())).hasMessageContaining("there before");
        ByteBuf lost = frame(false, 2);
        assertThatThrownBy(() -> encapsulation.next(frame(false, 3))).hasMessageContaining("missing");
        assertThatThrownBy(() -> encapsulation.next(lost)).hasMessageContaining("late");
    }

    @Test
    void datagramsMayBeMissingAndLateAndSoMayMessagesBesideThem() throws Exception {
        Encapsulation encapsulation = at(Protection.INTEGRITY);
        encapsulation.addDatagrams();
        ByteBuf late = frame(false, 1);
        ByteBuf early = frame(false, 2);
        assertThat(encapsulation.openDatagram(early.copy())).containsExactly(2);
        assertThat(encapsulation.openDatagram(late.copy())).containsExactly(1);
        assertThatThrownBy(() -> encapsulation.openDatagram(early)).hasMessageContaining("there before");
        client.lose();
        assertThat(next(encapsulation, frame(false, 4))).isEqualTo("04");
        assertThatThrownBy(() -> encapsulation.next(late)).hasMessageContaining("there before");
    }

    @Test
    void aDatagramIsOneMessageAndNothingElse() {
        Encapsulation encapsulation = at(Protection.INTEGRITY);
        ByteBuf two = Unpooled.buffer().writeBytes(frame(false, 1)).writeBytes(frame(false, 2));
        ByteBuf cut = frame(false, 1, 2, 3);
        cut.writerIndex(cut.writerIndex() - 1);
        for (ByteBuf wrong : new ByteBuf[] {two, cut, Unpooled.EMPTY_BUFFER, Hex.buffer("00 00 00 01 7f 00 00 01")}) {
            assertThatThrownBy(() -> encapsulation.openDatagram(wrong)).isInstanceOf(ProtectionException.class);
        }
    }

    @Test
    void theLongestDatagram() throws Exception {
        Encapsulation encapsulation = at(Protection.CONFIDENTIALITY);
        int most = 65_507 - GssFrameCodec.HEADER_LENGTH - ToyContext.OVERHEAD;
        ByteBuf sealed = encapsulation.sealDatagram(Unpooled.buffer().writeZero(most), HEAP);
        assertThat(sealed.readableBytes()).isEqualTo(65_507);
        assertThatThrownBy(() -> encapsulation.sealDatagram(Unpooled.buffer().writeZero(most + 1), HEAP))
                .hasMessage("a datagram of 65508 octets");
    }

    @Test
    void noneIsNoLevelToWrapAt() {
        assertThatThrownBy(() -> at(Protection.NONE)).hasMessage("level: none (expected: one that wraps)");
    }

    /** Whatever the length: as few messages as will do, all but equally long, and the same octets. */
    @Property(tries = 200)
    void manyOctets(@ForAll @IntRange(min = 1, max = 300_000) int length) throws Exception {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 31 + (i >> 8));
        }
        ToyContext theirs = ToyContext.initiator();
        ByteBuf out =
                seal(new Encapsulation(ToyContext.acceptor(), Protection.INTEGRITY), Unpooled.wrappedBuffer(octets));
        ByteBuf whole = Unpooled.buffer(length);
        int messages = 0;
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        while (GssFrameCodec.decode(GssFrameCodec.DATA, out) instanceof Decoded.Complete<byte[]> token) {
            byte[] message = theirs.unwrap(token.value()).octets();
            whole.writeBytes(message);
            shortest = Math.min(shortest, message.length);
            longest = Math.max(longest, message.length);
            messages++;
        }
        assertThat(out.isReadable()).isFalse();
        assertThat(whole).isEqualTo(Unpooled.wrappedBuffer(octets));
        assertThat(messages).isEqualTo((length + MOST - 1) / MOST);
        assertThat(longest - shortest).isLessThanOrEqualTo(1);
    }
}
