package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.GssToken;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.ToyContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link Handshake} with a client that says anything in any pieces, and with an owner who answers as it likes and tries
 * what is not allowed at each step.
 */
final class Dialogue {

    private static final Identity ALICE = new Identity("alice", Set.of());
    private static final List<Failure> FAILURES = List.of(Failure.values());
    private static final List<SocksVersion> VERSIONS = List.of(SocksVersion.values());
    private static final List<Socks4Login> SOCKS4_LOGINS = List.of(Socks4Login.values());

    private final int choices;
    private final Handshake handshake;
    private final ByteBuf in = Unpooled.buffer();
    private final ByteBuf out = Unpooled.buffer();
    private final List<String> steps = new ArrayList<>();
    private Step last = new Step.Read();
    private int written;

    /**
     * A dialogue that has not begun.
     *
     * @param choices any number: its bits are the listener's policy and the owner's answers
     */
    Dialogue(int choices) {
        this.choices = choices;
        this.handshake = new Handshake(policy(choices));
    }

    private static HandshakePolicy policy(int choices) {
        Set<SocksVersion> protocols = EnumSet.allOf(SocksVersion.class);
        if ((choices & 1) != 0) {
            protocols.remove(VERSIONS.get((choices >> 1 & 3) % 3));
        }
        List<Integer> methods =
                switch (choices >> 3 & 3) {
                    case 0 -> List.of(0);
                    case 1 -> List.of(2);
                    case 2 -> (choices & 0x200000) != 0 ? List.of(1, 0) : List.of(0, 2);
                    default -> List.of(2, 0);
                };
        Socks4Login socks4 = SOCKS4_LOGINS.get((choices >> 5 & 3) % 3);
        Set<Command> commands = (choices & 0x80) == 0 ? EnumSet.allOf(Command.class) : Set.of(Command.CONNECT);
        return new HandshakePolicy(protocols, methods, socks4, commands);
    }

    /** Octets come in; as in a connection, they wait while a question is open. */
    void receive(byte[] octets, int from, int to) {
        in.writeBytes(octets, from, to - from);
        if (last instanceof Step.Read) {
            take(handshake.advance(in, out));
        }
    }

    /** Answers whatever is open, to the end or until more octets are needed. */
    void answer() {
        boolean yes = (choices & 0x100) != 0;
        while (true) {
            if (last instanceof Step.Authenticate) {
                take(yes ? handshake.accepted(ALICE, in, out) : handshake.rejected(out));
            } else if (last instanceof Step.AcceptToken question) {
                take(answer(question.token(), yes));
            } else if (last instanceof Step.Identify) {
                take(yes ? handshake.identified(ALICE) : handshake.unidentified(Failure.IDENTD_MISMATCH, out));
            } else if (last instanceof Step.Open && (choices & 0x200) != 0) {
                take(handshake.refused(FAILURES.get((choices >> 10 & 0xFF) % FAILURES.size()), out));
            } else {
                return;
            }
        }
    }

    /** The token's first octet decides. */
    private Step answer(GssToken token, boolean yes) {
        if ((token.octets()[0] & 1) == 0) {
            return handshake.continues(GssToken.of(new byte[0]), in, out);
        }
        GssTerms terms = new GssTerms(List.of(Protection.INTEGRITY, Protection.NONE), (choices & 0x400000) != 0);
        return yes
                ? handshake.established(GssToken.of(new byte[0]), ALICE, ToyContext.acceptor(), terms, in, out)
                : handshake.refusesContext(out);
    }

    private void take(Step step) {
        assertThat(last).as("a step after the end").isNotInstanceOf(Step.End.class);
        assertThat(out.writerIndex()).as("output is only appended").isGreaterThanOrEqualTo(written);
        last = step;
        written = out.writerIndex();
        assertThat(written).as("all that a handshake has to say").isLessThanOrEqualTo(2 + 16 * 4 + 14 + 10);
        if (step instanceof Step.Authenticate question) {
            steps.add("authenticate " + question.credentials().user() + " with "
                    + Hex.text(question.credentials().password()));
        } else if (step instanceof Step.AcceptToken question) {
            steps.add("accept " + Hex.text(question.token().octets()));
        } else if (step instanceof Step.Protect) {
            steps.add("protect");
        } else if (!(step instanceof Step.Read)) {
            steps.add(step.toString());
        }
        assertThat(steps).as("a question about who it is, one request, one end").hasSizeLessThanOrEqualTo(18);
        if ((choices & 0x40000) != 0) {
            misuse();
        }
    }

    /** What does not fit the state is refused as documented and leaves everything as it was. */
    private void misuse() {
        int unread = in.readerIndex();
        if (!(last instanceof Step.Read) && !(last instanceof Step.Protect)) {
            assertThatThrownBy(() -> handshake.advance(in, out)).isInstanceOf(IllegalStateException.class);
        }
        if (!(last instanceof Step.Authenticate)) {
            assertThatThrownBy(() -> handshake.accepted(ALICE, in, out)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> handshake.rejected(out)).isInstanceOf(IllegalStateException.class);
        }
        if (!(last instanceof Step.AcceptToken)) {
            GssToken token = GssToken.of(new byte[0]);
            GssTerms terms = new GssTerms(List.of(), true);
            ToyContext context = ToyContext.acceptor();
            assertThatThrownBy(() -> handshake.continues(token, in, out)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> handshake.established(token, ALICE, context, terms, in, out))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> handshake.refusesContext(out)).isInstanceOf(IllegalStateException.class);
        }
        if (!(last instanceof Step.Identify)) {
            assertThatThrownBy(() -> handshake.identified(ALICE)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> handshake.unidentified(Failure.NO_IDENTD, out))
                    .isInstanceOf(IllegalStateException.class);
        }
        if (!(last instanceof Step.Open)) {
            assertThatThrownBy(() -> handshake.refused(Failure.DENIED, out)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(out.writerIndex()).isEqualTo(written);
        assertThat(in.readerIndex()).isEqualTo(unread);
    }

    boolean hasEnded() {
        return last instanceof Step.End;
    }

    /** All that was asked, said and left. */
    String transcript() {
        return steps + " said " + Hex.text(out) + " left " + Hex.text(in) + " by " + handshake.identity() + " for "
                + handshake.request();
    }
}
