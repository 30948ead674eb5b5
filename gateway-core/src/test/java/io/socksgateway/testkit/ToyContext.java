package io.socksgateway.testkit;

import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.ProtectionException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.zip.CRC32;

/**
 * Either end of a security context that protects nothing, but behaves as one: what is changed, sent by the wrong end,
 * repeated or out of place is found out. Its tokens are the same in every run.
 *
 * <pre>
 * +-------------------+---------+----------------------------------+-------+
 * | 1 if confidential | number  | message, inverted if confidential | CRC-32 |
 * |         1         |    4    |                                  |   4   |
 * +-------------------+---------+----------------------------------+-------+
 * </pre>
 */
public final class ToyContext implements MessageProtection {

    /** What a token is longer than its message, in octets. */
    public static final int OVERHEAD = 9;

    private final boolean initiator;
    private final boolean encrypts;
    private final boolean ordered;
    private final BitSet seen = new BitSet();
    private int sent;
    private int expected;
    private boolean closed;

    private ToyContext(boolean initiator, boolean encrypts, boolean ordered) {
        this.initiator = initiator;
        this.encrypts = encrypts;
        this.ordered = ordered;
    }

    public static ToyContext initiator() {
        return new ToyContext(true, true, true);
    }

    public static ToyContext acceptor() {
        return new ToyContext(false, true, true);
    }

    /** An acceptor that can only sign. */
    public static ToyContext withoutEncryption() {
        return new ToyContext(false, false, true);
    }

    /** An acceptor whose client has not asked for numbers. */
    public static ToyContext withoutOrder() {
        return new ToyContext(false, true, false);
    }

    @Override
    public boolean confidentialityAvailable() {
        return encrypts;
    }

    @Override
    public boolean orderKnown() {
        return ordered;
    }

    @Override
    public byte[] wrap(byte[] octets, boolean confidential) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        ByteBuffer token = ByteBuffer.allocate(octets.length + OVERHEAD)
                .put((byte) (confidential ? 1 : 0))
                .putInt(sent++)
                .put(inverted(octets, confidential));
        return token.putInt(checksum(token.array(), initiator)).array();
    }

    /** Leaves a number out, as if a message with it had been lost. */
    public void lose() {
        sent++;
    }

    @Override
    public Opened unwrap(byte[] token) throws ProtectionException {
        if (closed || token.length < OVERHEAD) {
            throw new ProtectionException(closed ? "closed" : "too short");
        }
        ByteBuffer in = ByteBuffer.wrap(token);
        boolean confidential = in.get() == 1;
        int number = in.getInt();
        byte[] octets = new byte[token.length - OVERHEAD];
        in.get(octets);
        if (in.getInt() != checksum(token, !initiator) || number < 0 || number > 1 << 24) {
            throw new ProtectionException("not what was sent");
        }
        return new Opened(inverted(octets, confidential), confidential, order(number));
    }

    private Order order(int number) {
        if (seen.get(number)) {
            return Order.REPEATED;
        }
        seen.set(number);
        Order order = number == expected ? Order.NEXT : Order.OUT_OF_PLACE;
        expected = number + 1;
        return order;
    }

    private static byte[] inverted(byte[] octets, boolean confidential) {
        byte[] changed = octets.clone();
        for (int i = 0; confidential && i < changed.length; i++) {
            changed[i] = (byte) ~changed[i];
        }
        return changed;
    }

    private static int checksum(byte[] token, boolean ofInitiator) {
        CRC32 sum = new CRC32();
        sum.update(ofInitiator ? 'i' : 'a');
        sum.update(token, 0, token.length - 4);
        return (int) sum.getValue();
    }

    @Override
    public int longestMessage(int token, boolean confidential) {
        return token - OVERHEAD;
    }

    @Override
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }
}
