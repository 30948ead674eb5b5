package io.socksgateway.core.wire;

/**
 * What a decoder made of the octets it was given. It never throws, blocks or invents a message.
 *
 * <p>Immutable.
 */
public sealed interface Decoded<T> {

    /** More octets are needed; the reader index was not moved. */
    record Incomplete<T>() implements Decoded<T> {
        private static final Incomplete<?> INSTANCE = new Incomplete<>();
    }

    /** A message; the reader index is behind it, and what follows was not touched. */
    record Complete<T>(T value) implements Decoded<T> {}

    /** No more octets can make this a message. */
    record Malformed<T>(Defect defect) implements Decoded<T> {}

    /** What is wrong with a message, for the choice of the reply and for the log. */
    enum Defect {
        /** The version octet is none that this message may have. */
        VERSION,
        /** Another message of the sub-negotiation than the one that is due. */
        MESSAGE_TYPE,
        /** The address type is not one of RFC 1928 section 5. */
        ADDRESS_TYPE,
        /** A name is empty or holds octets that no name has. */
        NAME,
        /** A field exceeds its limit. */
        TOO_LONG,
        /** A length is too small for what must be there. */
        EMPTY,
        /** A field holds what has no meaning there. */
        FIELD
    }

    @SuppressWarnings("unchecked") // it holds no T
    static <T> Decoded<T> incomplete() {
        return (Decoded<T>) Incomplete.INSTANCE;
    }

    static <T> Decoded<T> complete(T value) {
        return new Complete<>(value);
    }

    static <T> Decoded<T> malformed(Defect defect) {
        return new Malformed<>(defect);
    }
}
