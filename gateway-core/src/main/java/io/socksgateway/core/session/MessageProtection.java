package io.socksgateway.core.session;

/**
 * The per-message side of an established security context: {@code GSS_Wrap} and {@code GSS_Unwrap}. It computes, and waits
 * for nobody.
 *
 * <p>Confined to the event loop of its session, once the context is established.
 */
public interface MessageProtection {

    /** What a token was found to hold. */
    final class Opened {
        private final byte[] octets;
        private final boolean confidential;
        private final Order order;

        public Opened(byte[] octets, boolean confidential, Order order) {
            this.octets = octets;
            this.confidential = confidential;
            this.order = order;
        }

        /** The message, not a copy. */
        public byte[] octets() {
            return octets;
        }

        /** Whether it was encrypted. */
        public boolean confidential() {
            return confidential;
        }

        public Order order() {
            return order;
        }
    }

    /** The place of a token among those of the same sender. */
    enum Order {
        /** Right behind the one before. */
        NEXT,
        /** Not there, and new: others are missing before it, or it is late. */
        OUT_OF_PLACE,
        /** Seen before, or too old to tell. */
        REPEATED
    }

    /** Whether the context can encrypt at all. */
    boolean confidentialityAvailable();

    /** Whether the context notices tokens that are missing, late or there twice. */
    boolean orderKnown();

    /**
     * The token of a message.
     *
     * @param confidential whether it is encrypted, not just signed
     */
    byte[] wrap(byte[] octets, boolean confidential) throws ProtectionException;

    /** The message of a token; fails if anything about it is wrong but its order. */
    Opened unwrap(byte[] token) throws ProtectionException;

    /** The longest message, in octets, whose token is surely no longer than this. */
    int longestMessage(int token, boolean confidential);

    /** Forgets the keys. Whatever is called afterwards fails. */
    void close();
}
