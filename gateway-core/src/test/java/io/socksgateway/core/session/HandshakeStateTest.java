package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.wire.Method;
import io.socksgateway.core.wire.Reply;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.testkit.Hex;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be called when, and refusals after the negotiation. */
class HandshakeStateTest {

    private static final String FIVE = "05 01 00 05 01 00 01 c0000201 0050";
    private static final String FOUR = "04 01 0050 c0000201 00";
    private static final String LOGIN = "05 01 02 01 01 61 01 62";

    private final ByteBuf out = Unpooled.buffer();

    private static Handshake handshake() {
        return new Handshake(Scenario.policy(Method.NONE, Method.USERPASS));
    }

    private Step advance(Handshake handshake, String hex) {
        return handshake.advance(Hex.buffer(hex), out);
    }

    private static void assertWrongState(ThrowingCallable call, String state) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining(state);
    }

    private void assertTakesNoAnswer(Handshake handshake, String state) {
        assertWrongState(() -> handshake.accepted(Scenario.ALICE, Unpooled.buffer(), out), state);
        assertWrongState(() -> handshake.rejected(out), state);
    }

    @Test
    void aHandshakeThatReadsTakesNoAnswer() {
        Handshake handshake = handshake();
        assertTakesNoAnswer(handshake, "FIRST_BYTE");
        assertWrongState(() -> handshake.refused(Failure.DENIED, out), "FIRST_BYTE");
        assertThat(advance(handshake, "05 01")).isInstanceOf(Step.Read.class);
        assertTakesNoAnswer(handshake, "GREETING");
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void whileAuthenticatingItDoesNotRead() {
        Handshake handshake = handshake();
        assertThat(advance(handshake, LOGIN)).isInstanceOf(Step.Authenticate.class);
        assertWrongState(() -> advance(handshake, "05"), "AUTHENTICATING");
        assertWrongState(() -> handshake.refused(Failure.DENIED, out), "AUTHENTICATING");
    }

    @Test
    void whileOpeningItDoesNotReadNorLogIn() {
        Handshake handshake = handshake();
        assertThat(advance(handshake, FIVE)).isInstanceOf(Step.Open.class);
        assertWrongState(() -> advance(handshake, "05"), "OPENING");
        assertTakesNoAnswer(handshake, "OPENING");
    }

    @Test
    void theEndIsTheEnd() {
        Handshake handshake = handshake();
        assertThat(advance(handshake, "47")).isInstanceOf(Step.End.class);
        assertWrongState(() -> advance(handshake, "05"), "ENDED");
        assertTakesNoAnswer(handshake, "ENDED");
        assertWrongState(() -> handshake.refused(Failure.DENIED, out), "ENDED");
    }

    @Test
    void rejectedAndRefusedAreEnds() {
        Handshake rejected = handshake();
        assertThat(advance(rejected, LOGIN)).isInstanceOf(Step.Authenticate.class);
        assertThat(rejected.rejected(out)).isInstanceOf(Step.End.class);
        assertTakesNoAnswer(rejected, "ENDED");
        Handshake refused = handshake();
        assertThat(advance(refused, FOUR)).isInstanceOf(Step.Open.class);
        assertThat(refused.refused(Failure.QUOTA, out)).isInstanceOf(Step.End.class);
        assertWrongState(() -> refused.refused(Failure.QUOTA, out), "ENDED");
    }

    @Test
    void theIdentityIsKnownOnceItIsAccepted() {
        Handshake handshake = handshake();
        assertThat(advance(handshake, LOGIN)).isInstanceOf(Step.Authenticate.class);
        assertThat(handshake.identity()).isEqualTo(Identity.ANONYMOUS);
        assertThat(handshake.accepted(Scenario.ALICE, Unpooled.buffer(), out)).isInstanceOf(Step.Read.class);
        assertThat(handshake.identity()).isEqualTo(Scenario.ALICE);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void refusalsAreSaidInTheClientsDialect(Failure failure) {
        Reply reply = failure.reply();
        Handshake five = handshake();
        assertThat(advance(five, FIVE)).isInstanceOf(Step.Open.class);
        out.clear();
        int code = reply.code(SocksVersion.SOCKS5);
        assertThat(five.refused(failure, out)).isEqualTo(new Step.End(failure.reason(), code));
        assertThat(Hex.text(out)).isEqualTo("05 %02x 00 01 00 00 00 00 00 00".formatted(code));
        Handshake four = handshake();
        assertThat(advance(four, FOUR)).isInstanceOf(Step.Open.class);
        out.clear();
        int code4 = reply.code(SocksVersion.SOCKS4);
        assertThat(four.refused(failure, out)).isEqualTo(new Step.End(failure.reason(), code4));
        assertThat(Hex.text(out)).isEqualTo("00 %02x 00 00 00 00 00 00".formatted(code4));
    }
}
