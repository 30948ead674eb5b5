package io.socksgateway.core.session;

import io.netty.buffer.ByteBuf;
import io.socksgateway.core.wire.Decoded;
import io.socksgateway.core.wire.GssFrameCodec;
import io.socksgateway.core.wire.GssToken;
import io.socksgateway.core.wire.Protection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the GSS-API method up to the agreement on a protection, RFC 1961 sections 3 and 4: tokens until the
 * context is established, then the level. A part of the {@link Handshake}.
 *
 * <pre>
 *     ┌───────── token ─────────┐
 *     ▼                         │             established
 *   TOKEN ─────────────▶ (acceptor decides) ───────────────▶ LEVEL ──▶ agreed
 * </pre>
 *
 * <p>Whatever is wrong is answered with the abort message. Confined to its event loop.
 */
final class GssNegotiation {

    /** More than any mechanism needs. */
    private static final int MAX_TOKENS = 16;

    private @Nullable MessageProtection messages;
    private @Nullable GssTerms terms;
    private int tokens;

    /** What the client's octets amount to. */
    sealed interface Outcome {

        /** More are needed. */
        record Incomplete() implements Outcome {}

        /** A token for the acceptor. */
        record Token(GssToken token) implements Outcome {}

        /** The level that was agreed on. */
        record Agreed(Protection level) implements Outcome {}

        /** Malformed, or no level that both can do; the client was told. */
        record Aborted(EndReason reason) implements Outcome {}
    }

    Outcome read(ByteBuf in, ByteBuf out) {
        int due = messages == null ? GssFrameCodec.AUTHENTICATION : GssFrameCodec.PROTECTION;
        Decoded<byte[]> decoded = GssFrameCodec.decode(due, in);
        if (decoded instanceof Decoded.Malformed<byte[]>) {
            return abort(EndReason.MALFORMED, out);
        }
        if (!(decoded instanceof Decoded.Complete<byte[]> complete)) {
            return new Outcome.Incomplete();
        }
        if (messages != null) {
            return agree(complete.value(), messages, out);
        }
        tokens++;
        return tokens > MAX_TOKENS ? abort(EndReason.MALFORMED, out) : new Outcome.Token(GssToken.of(complete.value()));
    }

    /** The acceptor needs another token. */
    void continues(GssToken token, ByteBuf out) {
        GssFrameCodec.encode(GssFrameCodec.AUTHENTICATION, token.octets(), out);
    }

    /**
     * The context is established.
     *
     * @param token the last one; if there is none, an empty one tells the client to go on
     */
    void established(GssToken token, MessageProtection protection, GssTerms accepted, ByteBuf out) {
        continues(token, out);
        messages = protection;
        terms = accepted;
    }

    private Outcome agree(byte[] token, MessageProtection protection, ByteBuf out) {
        GssTerms accepted = Objects.requireNonNull(terms);
        if (accepted.nec() && token.length == 1) { // no token of a context is that short
            GssFrameCodec.encode(GssFrameCodec.PROTECTION, octet(Protection.NONE), out);
            return new Outcome.Agreed(Protection.NONE);
        }
        try {
            MessageProtection.Opened asked = protection.unwrap(token);
            if (asked.octets().length != 1 || asked.order() != MessageProtection.Order.NEXT) {
                return abort(EndReason.MALFORMED, out);
            }
            Protection level = accepted.choose(asked.octets()[0] & 0xFF, protection.confidentialityAvailable());
            if (level == null || (level != Protection.NONE && !protection.orderKnown())) {
                return abort(EndReason.AUTH_FAILED, out);
            }
            GssFrameCodec.encode(GssFrameCodec.PROTECTION, protection.wrap(octet(level), false), out);
            return new Outcome.Agreed(level);
        } catch (ProtectionException e) {
            return abort(EndReason.MALFORMED, out);
        }
    }

    private static byte[] octet(Protection level) {
        return new byte[] {(byte) level.code()};
    }

    private static Outcome abort(EndReason reason, ByteBuf out) {
        GssFrameCodec.encodeAbort(out);
        return new Outcome.Aborted(reason);
    }

    /** The wrapping of messages at the level that was agreed on. */
    Encapsulation encapsulation(Protection level) {
        return new Encapsulation(Objects.requireNonNull(messages), level);
    }
}
