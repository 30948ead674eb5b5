package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.testkit.Hex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A method with an owner: what it is shown, and what becomes of its answers. */
class HandshakeExchangeTest {

    private static final Identity ALICE = new Identity("alice", Set.of("staff"));
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final String GREETING = "05 02 00 80";
    private static final String CHOSEN = "05 80";
    private static final String CHALLENGE = "c1 c2 c3";
    private static final String PROOF = "03 616263";
    private static final String SECOND = "02 6465";
    private static final String CONNECT = "05 01 00 01 c0000201 01bb";
    private static final String EARLY = "16 03 01";

    private final ByteBuf in = Unpooled.buffer();
    private final ByteBuf out = Unpooled.buffer();

    private static Handshake handshake(int octets, int rounds) {
        return new Handshake(new HandshakePolicy(
                EnumSet.allOf(SocksVersion.class),
                List.of(0x80, 0),
                Socks4Login.ANONYMOUS,
                Set.of(Command.CONNECT),
                Map.of(0x80, new ExchangeLimits(octets, rounds))));
    }

    private static ByteBuffer octets(String hex) {
        return ByteBuffer.wrap(Hex.bytes(hex));
    }

    private static MethodAnswer more(int consumed, String send, int need, @Nullable String state) {
        return new MethodAnswer.Continue(consumed, octets(send), need, state);
    }

    /**
     * Sends a challenge, wants two frames of a length octet and so many more, and accepts if it has seen "abc" and "de".
     *
     * @param says whether it says how much it needs
     */
    private static MethodAnswer owner(Step.Exchange question, boolean says) {
        if (question.state() == null) {
            return more(0, CHALLENGE, says ? 1 : 0, "challenged");
        }
        byte[] shown = question.octets().array();
        int length = shown.length == 0 ? 0 : shown[0];
        if (shown.length < 1 + length || shown.length == 0) {
            return more(0, "", says ? 1 + length : 0, question.state());
        }
        String frame = new String(shown, 1, length, StandardCharsets.US_ASCII);
        if (question.state().equals("challenged") && frame.equals("abc")) {
            return more(1 + length, "aa", 0, "half");
        }
        return question.state().equals("half") && frame.equals("de")
                ? new MethodAnswer.Accepted(ALICE, 1 + length, octets("00"))
                : new MethodAnswer.Rejected(octets("ff"), "no");
    }

    /** Feeds the handshake in pieces, and lets the owner answer, at once or only when all has come in. */
    private final class Run {
        private final Handshake handshake;
        private final Function<Step.Exchange, MethodAnswer> owner;
        private final List<Step> others = new ArrayList<>();
        private Step last = new Step.Read();
        private int asked;

        Run(Handshake handshake, Function<Step.Exchange, MethodAnswer> owner) {
            this.handshake = handshake;
            this.owner = owner;
            in.clear();
            out.clear();
        }

        @CanIgnoreReturnValue
        Run receive(byte[] octets) {
            in.writeBytes(octets);
            if (last instanceof Step.Read) {
                take(handshake.advance(in, out));
            }
            return this;
        }

        @CanIgnoreReturnValue
        Run answer() {
            while (last instanceof Step.Exchange question) {
                asked++;
                take(handshake.answered(owner.apply(question), in, out));
            }
            return this;
        }

        private void take(Step step) {
            last = step;
            if (!(step instanceof Step.Read) && !(step instanceof Step.Exchange)) {
                others.add(step);
            }
        }
    }

    @CanIgnoreReturnValue
    private static Run accepted(Run run) {
        assertThat(run.others).singleElement().isInstanceOfSatisfying(Step.Open.class, open -> assertThat(
                        open.request().destination())
                .hasToString("192.0.2.1:443"));
        assertThat(run.handshake.identity()).isEqualTo(ALICE);
        return run;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConversationInItsTurns(boolean says) {
        Run run = new Run(handshake(64, 8), question -> owner(question, says));

        run.receive(Hex.bytes(GREETING));
        assertThat(Hex.text(out)).isEqualTo(CHOSEN);
        assertThat(run.last).isEqualTo(new Step.Exchange(0x80, 0, NOTHING, null));
        run.answer();
        assertThat(Hex.text(out)).isEqualTo(CHOSEN + " " + CHALLENGE);
        assertThat(run.last).isInstanceOf(Step.Read.class);
        run.receive(Hex.bytes(PROOF));
        assertThat(run.last).isEqualTo(new Step.Exchange(0x80, 1, octets(PROOF), "challenged"));
        run.answer().receive(Hex.bytes(SECOND));
        assertThat(run.last).isEqualTo(new Step.Exchange(0x80, 2, octets(SECOND), "half"));
        run.answer().receive(Hex.bytes(CONNECT + EARLY));
        accepted(run);
        assertThat(Hex.text(out)).isEqualTo("05 80 c1 c2 c3 aa 00");
        assertThat(Hex.text(in)).isEqualTo(EARLY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void splitAtEveryTwoPoints(boolean says) {
        byte[] all = Hex.bytes(GREETING + PROOF + SECOND + CONNECT + EARLY);
        for (int first = 0; first <= all.length; first++) {
            for (int second = first; second <= all.length; second++) {
                Run run = new Run(handshake(64, 8), question -> owner(question, says));
                run.receive(Arrays.copyOf(all, first)).answer();
                run.receive(Arrays.copyOfRange(all, first, second)).answer();
                run.receive(Arrays.copyOfRange(all, second, all.length)).answer();
                accepted(run);
                assertThat(Hex.text(out)).isEqualTo("05 80 c1 c2 c3 aa 00");
                assertThat(Hex.text(in)).isEqualTo(EARLY);
            }
        }
    }

    @Property(tries = 500)
    void inAnyPiecesWithLateAnswers(
            @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 9) Integer> lengths,
            @ForAll boolean says,
            @ForAll boolean late) {
        byte[] all = Hex.bytes(GREETING + PROOF + SECOND + CONNECT + EARLY);
        Run run = new Run(handshake(64, 32), question -> owner(question, says));
        int from = 0;
        for (int i = 0; from < all.length; i++) {
            int to = Math.min(all.length, from + (lengths.isEmpty() ? 1 : lengths.get(i % lengths.size())));
            run.receive(Arrays.copyOfRange(all, from, to));
            if (!late) {
                run.answer();
            }
            from = to;
        }
        accepted(run.answer());
        assertThat(Hex.text(out)).isEqualTo("05 80 c1 c2 c3 aa 00");
        assertThat(Hex.text(in)).isEqualTo(EARLY);
    }

    @Test
    void whoSaysWhatIsNeededIsNotAskedForEachOctet() {
        Run talkative = new Run(handshake(64, 32), question -> owner(question, false));
        Run saying = new Run(handshake(64, 32), question -> owner(question, true));
        for (Run run : List.of(talkative, saying)) {
            in.clear();
            out.clear();
            for (byte octet : Hex.bytes(GREETING + PROOF + SECOND + CONNECT)) {
                run.receive(new byte[] {octet}).answer();
            }
            accepted(run);
        }
        assertThat(talkative.asked).isEqualTo(8);
        assertThat(saying.asked).isEqualTo(5);
    }

    @Test
    void whatIsUsedUpIsOverwritten() {
        Run run = new Run(handshake(64, 8), question -> owner(question, true));
        run.receive(Hex.bytes(GREETING + PROOF)).answer();

        assertThat(in.readerIndex()).isEqualTo(8);
        assertThat(Hex.text(in.slice(4, 4))).isEqualTo("00 00 00 00");
    }

    @Test
    void aRejectionIsSaidAndTheEnd() {
        Run run = new Run(handshake(64, 8), question -> owner(question, true));
        run.receive(Hex.bytes(GREETING + "01 78" + CONNECT)).answer();

        assertThat(run.others).containsExactly(new Step.End(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY));
        assertThat(Hex.text(out)).isEqualTo("05 80 c1 c2 c3 ff");
        assertThat(run.handshake.identity()).isEqualTo(Identity.ANONYMOUS);
    }

    @Test
    void theMethodIsChosenInOurOrderAndOthersNeedNoOwner() {
        Run run = new Run(handshake(64, 8), question -> owner(question, true));
        run.receive(Hex.bytes("05 01 00" + CONNECT)).answer();

        assertThat(run.asked).isZero();
        assertThat(run.others).singleElement().isInstanceOf(Step.Open.class);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 0", // more than was shown
        "-1, 0, 0",
        "0, 17, 0", // more than may be sent
        "0, 0, 17", // more than can ever be shown
    })
    void anAnswerThatDoesNotFitIsTheEnd(int consumed, int send, int need) {
        Run run = new Run(
                handshake(16, 8),
                question -> question.round() == 0
                        ? more(0, "", 4, null)
                        : new MethodAnswer.Continue(consumed, ByteBuffer.allocate(send), need, null));
        run.receive(Hex.bytes(GREETING + PROOF)).answer();

        assertThat(run.others).containsExactly(new Step.End(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY));
        assertThat(Hex.text(out)).isEqualTo(CHOSEN);
        assertThat(run.asked).isEqualTo(2);
    }

    @Test
    void anAcceptanceThatDoesNotFitIsTheEnd() {
        Run run = new Run(handshake(16, 8), question -> new MethodAnswer.Accepted(ALICE, 1, NOTHING));
        run.receive(Hex.bytes(GREETING + PROOF)).answer();

        assertThat(run.others).containsExactly(new Step.End(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY));
        assertThat(run.handshake.identity()).isEqualTo(Identity.ANONYMOUS);
    }

    @Test
    void aRejectionThatIsTooLongIsNotSaid() {
        Run run = new Run(handshake(16, 8), question -> new MethodAnswer.Rejected(ByteBuffer.allocate(17), "no"));
        run.receive(Hex.bytes(GREETING)).answer();

        assertThat(run.others).containsExactly(new Step.End(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY));
        assertThat(Hex.text(out)).isEqualTo(CHOSEN);
    }

    @Test
    void thereAreOnlySoManyRounds() {
        Run run = new Run(handshake(16, 3), question -> more(0, "", 1, null));
        run.receive(Hex.bytes(GREETING + "01")).answer();

        assertThat(run.asked).isEqualTo(3);
        assertThat(run.others).containsExactly(new Step.End(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY));
    }

    @Test
    void whoNeverHasEnoughIsShownSoMuchAndNoMore() {
        List<Integer> shown = new ArrayList<>();
        Run run = new Run(handshake(16, 8), question -> {
            shown.add(question.octets().remaining());
            return more(0, "", 0, null);
        });
        run.receive(Hex.bytes(GREETING)).answer();
        run.receive(new byte[40]).answer();

        assertThat(shown).containsExactly(0, 16);
        assertThat(run.others).containsExactly(new Step.End(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY));
    }

    @Test
    void moreThanIsShownAtOnceComesInTurns() {
        List<Integer> shown = new ArrayList<>();
        Run run = new Run(handshake(16, 8), question -> {
            shown.add(question.octets().remaining());
            return shown.size() == 4
                    ? new MethodAnswer.Accepted(ALICE, 8, NOTHING)
                    : more(question.octets().remaining(), "", 0, null);
        });
        run.receive(Hex.bytes(GREETING)).answer();
        run.receive(Hex.bytes("00".repeat(40) + CONNECT)).answer();

        assertThat(shown).containsExactly(0, 16, 16, 16);
        accepted(run);
    }

    @Test
    void anAnswerThatNobodyWaitsForIsAMistakeOfOurs() {
        Handshake handshake = handshake(16, 8);
        assertThatThrownBy(() -> handshake.answered(more(0, "", 0, null), in, out))
                .isInstanceOf(IllegalStateException.class);
        in.writeBytes(Hex.bytes(GREETING));
        assertThat(handshake.advance(in, out)).isInstanceOf(Step.Exchange.class);
        assertThatThrownBy(() -> handshake.advance(in, out)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> handshake.accepted(ALICE, in, out)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> handshake.rejected(out)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMethodWithoutOwnerIsNotSpoken() {
        Handshake handshake = new Handshake(new HandshakePolicy(
                EnumSet.allOf(SocksVersion.class), List.of(0x81), Socks4Login.ANONYMOUS, Set.of(Command.CONNECT)));
        in.writeBytes(Hex.bytes("05 01 81"));

        assertThat(handshake.advance(in, out)).isInstanceOf(Step.End.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void limitsLeaveRoomForSomething(int octets, int rounds) {
        assertThatThrownBy(() -> new ExchangeLimits(octets, rounds)).hasMessageContaining("(expected: 1 or more)");
    }
}
