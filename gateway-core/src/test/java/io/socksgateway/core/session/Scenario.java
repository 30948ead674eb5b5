package io.socksgateway.core.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a {@link Handshake}.
 *
 * @param input all that is needed for the last step, and no octet more
 * @param login whether credentials are accepted
 * @param output all that the client is sent
 * @param steps all but "read", in words
 */
record Scenario(
        String name,
        HandshakePolicy policy,
        String input,
        boolean login,
        String output,
        List<String> steps,
        GssTerms terms,
        Supplier<ToyContext> context) {

    static final GssTerms STANDARD =
            new GssTerms(List.of(Protection.CONFIDENTIALITY, Protection.INTEGRITY, Protection.SELECTIVE), false);

    static final Identity ALICE = new Identity("alice", Set.of("staff"));

    static Scenario of(String name, HandshakePolicy policy, String input, String output, String... steps) {
        return new Scenario(name, policy, input, true, output, List.of(steps), STANDARD, ToyContext::acceptor);
    }

    Scenario wrongPassword() {
        return new Scenario(name, policy, input, false, output, steps, terms, context);
    }

    Scenario with(GssTerms others) {
        return new Scenario(name, policy, input, login, output, steps, others, context);
    }

    Scenario with(Supplier<ToyContext> other) {
        return new Scenario(name, policy, input, login, output, steps, terms, other);
    }

    static HandshakePolicy policy(Integer... methods) {
        List<Integer> all = List.of(methods);
        Socks4Login socks4 = all.contains(0) ? Socks4Login.ANONYMOUS : Socks4Login.IMPOSSIBLE;
        return new HandshakePolicy(EnumSet.allOf(SocksVersion.class), all, socks4, Set.of(Command.CONNECT));
    }

    static HandshakePolicy identd() {
        return new HandshakePolicy(
                EnumSet.allOf(SocksVersion.class), List.of(), Socks4Login.IDENTD, Set.of(Command.CONNECT));
    }

    static HandshakePolicy speaking(SocksVersion... versions) {
        return new HandshakePolicy(Set.of(versions), List.of(0), Socks4Login.ANONYMOUS, Set.of(Command.CONNECT));
    }

    @Override
    public String toString() {
        return name;
    }

    /** A run of a scenario: what has come of the input so far. */
    static final class Run {
        final List<String> steps = new ArrayList<>();
        private final Handshake handshake;
        private final Scenario scenario;
        private final boolean login;
        private final ByteBuf in = Unpooled.buffer();
        private final ByteBuf out = Unpooled.buffer();
        private @Nullable Step last;

        Run(Scenario scenario) {
            handshake = new Handshake(scenario.policy());
            login = scenario.login();
            this.scenario = scenario;
        }

        /** Octets come in; credentials are answered at once. */
        @CanIgnoreReturnValue
        Run feed(byte[] octets) {
            receive(octets);
            while (answer()) {}
            return this;
        }

        /** Octets come in; whoever asks is left waiting. */
        @CanIgnoreReturnValue
        Run receive(byte[] octets) {
            in.writeBytes(octets);
            if (last == null || last instanceof Step.Read) {
                note(handshake.advance(in, out));
            }
            return this;
        }

        /** Answers the open question on credentials, if there is one. */
        boolean answer() {
            if (last instanceof Step.Authenticate) {
                note(login ? handshake.accepted(ALICE, in, out) : handshake.rejected(out));
                return true;
            }
            if (last instanceof Step.AcceptToken question) {
                note(answer(Hex.text(question.token().octets())));
                return true;
            }
            if (last instanceof Step.Identify) {
                note(login ? handshake.identified(ALICE) : handshake.unidentified(Failure.IDENTD_MISMATCH, out));
                return true;
            }
            return false;
        }

        /** A token "c0" is not the last one. */
        private Step answer(String token) {
            if (token.equals("c0")) {
                return handshake.continues(GssToken.of(Hex.bytes("c1")), in, out);
            }
            return login
                    ? handshake.established(
                            GssToken.of(Hex.bytes("e1")),
                            ALICE,
                            scenario.context().get(),
                            scenario.terms(),
                            in,
                            out)
                    : handshake.refusesContext(out);
        }

        private void note(Step step) {
            last = step;
            if (step instanceof Step.Authenticate question) {
                steps.add("authenticate " + question.credentials().user() + " with "
                        + Hex.text(question.credentials().password()));
            } else if (step instanceof Step.AcceptToken question) {
                steps.add("accept " + Hex.text(question.token().octets()));
            } else if (step instanceof Step.Protect) {
                steps.add("protect");
            } else if (step instanceof Step.Identify question) {
                steps.add("identify " + question.userId());
            } else if (step instanceof Step.Open open) {
                steps.add("open " + open.command() + " to " + open.request().destination() + " by "
                        + open.request().version());
            } else if (step instanceof Step.End end) {
                steps.add("end " + end.reason() + " " + end.replyCode());
            }
        }

        boolean waitsForInput() {
            return last instanceof Step.Read;
        }

        Handshake handshake() {
            return handshake;
        }

        String output() {
            return Hex.text(out);
        }

        String leftOver() {
            return Hex.text(in);
        }
    }
}
