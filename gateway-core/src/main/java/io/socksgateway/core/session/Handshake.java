package io.socksgateway.core.session;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.Decoded;
import io.socksgateway.core.wire.GssFrameCodec;
import io.socksgateway.core.wire.GssToken;
import io.socksgateway.core.wire.Method;
import io.socksgateway.core.wire.MethodSet;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.core.wire.Replies;
import io.socksgateway.core.wire.Reply;
import io.socksgateway.core.wire.Socks4Codec;
import io.socksgateway.core.wire.Socks5GreetingCodec;
import io.socksgateway.core.wire.Socks5RequestCodec;
import io.socksgateway.core.wire.SocksRequest;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.core.wire.UserPasswordCodec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a negotiation, without I/O: octets in, octets out, and a {@link Step} to take.
 *
 * <pre>
 *              05                      method 02                    accepted
 * FIRST_BYTE ─────▶ GREETING ─────────▶ USERPASS ──▶ AUTHENTICATING ────────▶ REQUEST5 ──▶ OPENING
 *     │                  ├───────────── method 01 ──▶ GSSAPI ⇄ ACCEPTING ─────▲
 *     │                  ├───────────── of its own ──▶ METHOD ⇄ EXCHANGING ───▲
 *     │                  └────────────────────────────── method 00 ───────────┘
 *     └── 04 ──▶ REQUEST4 ────────────▶ IDENTIFYING, if identd is to be asked ───────────▶ OPENING
 * </pre>
 *
 * <p>Every state may lead to the end. RFC 1928 sections 3 to 6, RFC 1929, RFC 1961, SOCKS4, SOCKS4a. Confined to its event loop.
 */
public final class Handshake {

    private static final Step READ = new Step.Read();

    private enum State {
        FIRST_BYTE,
        GREETING,
        USERPASS,
        AUTHENTICATING,
        GSSAPI,
        ACCEPTING,
        METHOD,
        EXCHANGING,
        REQUEST5,
        REQUEST4,
        IDENTIFYING,
        OPENING,
        ENDED
    }

    private final HandshakePolicy policy;
    private State state = State.FIRST_BYTE;
    private Identity identity = Identity.ANONYMOUS;
    private @Nullable GssNegotiation gss;
    private @Nullable MethodExchange exchange;
    private @Nullable SocksRequest request;
    private Step.@Nullable Open whenIdentified;

    public Handshake(HandshakePolicy policy) {
        this.policy = policy;
    }

    /** Who the client is: anonymous until credentials are accepted. */
    public Identity identity() {
        return identity;
    }

    /** The request, once it is complete. */
    public @Nullable SocksRequest request() {
        return request;
    }

    /** Takes what there is of the input, appends to the output, and stops where it cannot go on by itself. */
    public Step advance(ByteBuf in, ByteBuf out) {
        while (true) {
            State before = state;
            Step step =
                    switch (state) {
                        case FIRST_BYTE -> firstByte(in);
                        case GREETING -> greeting(in, out);
                        case USERPASS -> userPassword(in, out);
                        case GSSAPI -> gssapi(in, out);
                        case METHOD -> method(in);
                        case REQUEST5 -> request(Socks5RequestCodec.decode(in), SocksVersion.SOCKS5, in, out);
                        case REQUEST4 -> request(request4(in), SocksVersion.SOCKS4, in, out);
                        case AUTHENTICATING, ACCEPTING, EXCHANGING, IDENTIFYING, OPENING, ENDED ->
                            throw new IllegalStateException("not reading: " + state);
                    };
            if (step != READ || state == before) {
                return step;
            }
        }
    }

    /** The credentials are right. */
    public Step accepted(Identity who, ByteBuf in, ByteBuf out) {
        require(State.AUTHENTICATING);
        identity = who;
        UserPasswordCodec.encodeStatus(UserPasswordCodec.SUCCESS, out);
        state = State.REQUEST5;
        return advance(in, out);
    }

    /** The credentials are wrong, or nobody could tell: the client is not told which. */
    public Step rejected(ByteBuf out) {
        require(State.AUTHENTICATING);
        UserPasswordCodec.encodeStatus(UserPasswordCodec.FAILURE, out);
        return end(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY);
    }

    /** The acceptor of the context needs another token of the client. */
    public Step continues(GssToken token, ByteBuf in, ByteBuf out) {
        require(State.ACCEPTING);
        negotiation().continues(token, out);
        state = State.GSSAPI;
        return advance(in, out);
    }

    /**
     * The context is established.
     *
     * @param token the last one for the client, empty if there is none
     */
    public Step established(
            GssToken token, Identity who, MessageProtection messages, GssTerms terms, ByteBuf in, ByteBuf out) {
        require(State.ACCEPTING);
        identity = who;
        negotiation().established(token, messages, terms, out);
        state = State.GSSAPI;
        return advance(in, out);
    }

    /** There is no context, or its user may not come in; the client is not told which. */
    public Step refusesContext(ByteBuf out) {
        require(State.ACCEPTING);
        GssFrameCodec.encodeAbort(out);
        return end(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY);
    }

    /** The owner of the method has answered. If the answer does not fit, or would lead nowhere, the client is rejected. */
    public Step answered(MethodAnswer answer, ByteBuf in, ByteBuf out) {
        require(State.EXCHANGING);
        MethodExchange own = Objects.requireNonNull(exchange);
        if (answer instanceof MethodAnswer.Accepted accepted
                && own.take(accepted.consumed(), accepted.send(), in, out)) {
            identity = accepted.identity();
            state = State.REQUEST5;
            return advance(in, out);
        }
        if (answer instanceof MethodAnswer.Continue more
                && own.take(more.consumed(), more.send(), in, out)
                && own.goesOn(more)) {
            state = State.METHOD;
            return advance(in, out);
        }
        if (answer instanceof MethodAnswer.Rejected rejected) {
            boolean unused = own.say(rejected.send(), out);
        }
        return end(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY);
    }

    /** The request is refused before anything was dialled. */
    public Step refused(Failure failure, ByteBuf out) {
        require(State.OPENING);
        SocksVersion version = request == null ? SocksVersion.SOCKS5 : request.version();
        return fail(version, failure, out);
    }

    private Step firstByte(ByteBuf in) {
        if (!in.isReadable()) {
            return READ;
        }
        switch (in.getByte(in.readerIndex())) {
            case 5 -> state = State.GREETING;
            case 4 -> state = State.REQUEST4;
            default -> {
                return end(EndReason.MALFORMED, SessionRecord.NO_REPLY);
            }
        }
        return READ;
    }

    private Step greeting(ByteBuf in, ByteBuf out) {
        if (!(Socks5GreetingCodec.decode(in) instanceof Decoded.Complete<MethodSet> greeting)) {
            return READ;
        }
        if (!policy.speaks(SocksVersion.SOCKS5)) {
            Socks5GreetingCodec.encodeChoice(Method.UNACCEPTABLE, out);
            return end(EndReason.UNSUPPORTED, SessionRecord.NO_REPLY);
        }
        int method = policy.choose(greeting.value());
        Socks5GreetingCodec.encodeChoice(method, out);
        switch (method) {
            case Method.NONE -> state = State.REQUEST5;
            case Method.USERPASS -> state = State.USERPASS;
            case Method.GSSAPI -> {
                state = State.GSSAPI;
                gss = new GssNegotiation();
            }
            default -> {
                ExchangeLimits limits = policy.exchanges().get(method);
                if (limits == null) {
                    return end(EndReason.AUTH_FAILED, SessionRecord.NO_REPLY);
                }
                exchange = new MethodExchange(method, limits);
                state = State.METHOD;
            }
        }
        return READ;
    }

    private Step method(ByteBuf in) {
        Step.Exchange question = Objects.requireNonNull(exchange).next(in);
        if (question == null) {
            return READ;
        }
        state = State.EXCHANGING;
        return question;
    }

    private Step userPassword(ByteBuf in, ByteBuf out) {
        Decoded<UserPassword> decoded = UserPasswordCodec.decode(in);
        if (decoded instanceof Decoded.Complete<UserPassword> complete) {
            state = State.AUTHENTICATING;
            return new Step.Authenticate(complete.value());
        }
        if (decoded instanceof Decoded.Malformed<UserPassword>) {
            UserPasswordCodec.encodeStatus(UserPasswordCodec.FAILURE, out);
            return end(EndReason.MALFORMED, SessionRecord.NO_REPLY);
        }
        return READ;
    }

    private Step gssapi(ByteBuf in, ByteBuf out) {
        GssNegotiation.Outcome outcome = negotiation().read(in, out);
        if (outcome instanceof GssNegotiation.Outcome.Token token) {
            state = State.ACCEPTING;
            return new Step.AcceptToken(token.token());
        }
        if (outcome instanceof GssNegotiation.Outcome.Aborted aborted) {
            return end(aborted.reason(), SessionRecord.NO_REPLY);
        }
        if (outcome instanceof GssNegotiation.Outcome.Agreed agreed) {
            state = State.REQUEST5;
            return agreed.level() == Protection.NONE
                    ? READ
                    : new Step.Protect(negotiation().encapsulation(agreed.level()));
        }
        return READ;
    }

    private GssNegotiation negotiation() {
        return Objects.requireNonNull(gss);
    }

    private Decoded<SocksRequest> request4(ByteBuf in) {
        return policy.speaks(SocksVersion.SOCKS4A) ? Socks4Codec.decode(in) : Socks4Codec.decodeWithoutNames(in);
    }

    private Step request(Decoded<SocksRequest> decoded, SocksVersion dialect, ByteBuf in, ByteBuf out) {
        if (decoded instanceof Decoded.Complete<SocksRequest> complete) {
            return requested(complete.value(), out);
        }
        if (decoded instanceof Decoded.Malformed<SocksRequest> malformed) {
            return fail(dialect, failure(malformed.defect(), dialect, in), out);
        }
        return READ;
    }

    private Step requested(SocksRequest complete, ByteBuf out) {
        request = complete;
        SocksVersion version = complete.version();
        if (!policy.speaks(version)) {
            return fail(version, Failure.PROTOCOL_OFF, out);
        }
        if (version != SocksVersion.SOCKS5 && policy.socks4Login() == Socks4Login.IMPOSSIBLE) {
            return fail(version, Failure.NO_LOGIN, out);
        }
        Optional<Command> served = Command.of(version, complete.commandCode()).filter(policy::serves);
        if (served.isEmpty()) {
            return fail(version, Failure.UNKNOWN_COMMAND, out);
        }
        Step.Open open = new Step.Open(complete, served.get());
        if (version != SocksVersion.SOCKS5 && policy.socks4Login() == Socks4Login.IDENTD) {
            state = State.IDENTIFYING;
            whenIdentified = open;
            return new Step.Identify(complete.userId());
        }
        state = State.OPENING;
        return open;
    }

    /** The client's identd has confirmed USERID. */
    public Step identified(Identity who) {
        require(State.IDENTIFYING);
        identity = who;
        state = State.OPENING;
        return Objects.requireNonNull(whenIdentified);
    }

    /**
     * It has not.
     *
     * @param failure {@link Failure#NO_IDENTD} or {@link Failure#IDENTD_MISMATCH}
     */
    public Step unidentified(Failure failure, ByteBuf out) {
        require(State.IDENTIFYING);
        return fail(SocksVersion.SOCKS4, failure, out);
    }

    /** The command is judged before the destination, as far as the request is known to be one. */
    private Failure failure(Decoded.Defect defect, SocksVersion dialect, ByteBuf in) {
        if (defect != Decoded.Defect.ADDRESS_TYPE && defect != Decoded.Defect.NAME) {
            return Failure.MALFORMED;
        }
        boolean known = Command.of(dialect, in.getUnsignedByte(in.readerIndex() + 1))
                .filter(policy::serves)
                .isPresent();
        if (!known) {
            return Failure.UNKNOWN_COMMAND;
        }
        return defect == Decoded.Defect.NAME ? Failure.MALFORMED : Failure.UNKNOWN_ADDRESS_TYPE;
    }

    private Step fail(SocksVersion version, Failure failure, ByteBuf out) {
        Reply reply = failure.reply();
        Replies.encode(version, reply, out);
        return end(failure.reason(), reply.code(version));
    }

    private Step end(EndReason reason, int replyCode) {
        state = State.ENDED;
        return new Step.End(reason, replyCode);
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("state: " + state + " (expected: " + expected + ")");
        }
    }
}
