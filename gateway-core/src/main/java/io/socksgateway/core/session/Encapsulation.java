package io.socksgateway.core.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.socksgateway.core.wire.Decoded;
import io.socksgateway.core.wire.GssFrameCodec;
import io.socksgateway.core.wire.Protection;

/**
 * How a client and we wrap what we say to each other, as agreed: RFC 1961 section 5. The messages of the connection and the
 * datagrams of its association are of one context, and numbered together.
 *
 * <p>What is agreed is insisted on: a message that should be encrypted and is not is an error. One that need not be, and
 * is, is welcome. At the level {@link Protection#SELECTIVE} we encrypt as long as the client's latest message was.
 *
 * <p>Confined to its event loop.
 */
public final class Encapsulation {

    /** The longest payload of a UDP datagram over IPv4, in octets. */
    private static final int MAX_DATAGRAM = 65_507;

    private final MessageProtection messages;
    private final Protection level;
    private boolean encrypts;
    private boolean hasDatagrams;

    /**
     * Wrapping at a level.
     *
     * @param level any but {@link Protection#NONE}
     */
    public Encapsulation(MessageProtection messages, Protection level) {
        if (level == Protection.NONE) {
            throw new IllegalArgumentException("level: none (expected: one that wraps)");
        }
        this.messages = messages;
        this.level = level;
        this.encrypts = level != Protection.INTEGRITY && messages.confidentialityAvailable();
    }

    /** From now on there are datagrams too: what is lost of them is missing between the messages of the connection. */
    public void addDatagrams() {
        hasDatagrams = true;
    }

    /**
     * Takes the next message off the connection. One that is out of place or there twice is an error: TCP would not do that.
     */
    public Decoded<byte[]> next(ByteBuf in) throws ProtectionException {
        Decoded<byte[]> token = GssFrameCodec.decode(GssFrameCodec.DATA, in);
        if (!(token instanceof Decoded.Complete<byte[]> complete)) {
            return token;
        }
        MessageProtection.Opened opened = open(complete.value());
        if (opened.order() == MessageProtection.Order.OUT_OF_PLACE && !hasDatagrams) {
            throw new ProtectionException("a message is missing before it, or it is late");
        }
        return Decoded.complete(opened.octets());
    }

    /** Opens a datagram, which is one message and nothing else. It may be late, and others may be missing. */
    public byte[] openDatagram(ByteBuf datagram) throws ProtectionException {
        Decoded<byte[]> token = GssFrameCodec.decode(GssFrameCodec.DATA, datagram);
        if (!(token instanceof Decoded.Complete<byte[]> complete) || datagram.isReadable()) {
            throw new ProtectionException("not one encapsulated message");
        }
        return open(complete.value()).octets();
    }

    private MessageProtection.Opened open(byte[] token) throws ProtectionException {
        MessageProtection.Opened opened = messages.unwrap(token);
        if (opened.order() == MessageProtection.Order.REPEATED) {
            throw new ProtectionException("a message that was there before");
        }
        if (level == Protection.CONFIDENTIALITY && !opened.confidential()) {
            throw new ProtectionException("a message that is not encrypted");
        }
        if (level == Protection.SELECTIVE) {
            encrypts = opened.confidential();
        }
        return opened;
    }

    /**
     * Wraps octets for the connection, in as few messages as will do, all about as long.
     *
     * @param octets read to their end, not released
     * @return to be released
     */
    public ByteBuf seal(ByteBuf octets, ByteBufAllocator alloc) throws ProtectionException {
        int most = messages.longestMessage(GssFrameCodec.MAX_TOKEN, encrypts);
        int count = Math.max(1, (octets.readableBytes() + most - 1) / most);
        ByteBuf out = alloc.buffer(octets.readableBytes() + count * (GssFrameCodec.MAX_TOKEN - most));
        try {
            for (int left = count; left > 0; left--) {
                byte[] message = new byte[(octets.readableBytes() + left - 1) / left];
                octets.readBytes(message);
                GssFrameCodec.encode(GssFrameCodec.DATA, messages.wrap(message, encrypts), out);
            }
            return out;
        } catch (ProtectionException | RuntimeException e) {
            out.release();
            throw e;
        }
    }

    /**
     * Wraps a datagram.
     *
     * @param datagram not released
     * @return to be released; fails if it has become too long for UDP
     */
    public ByteBuf sealDatagram(ByteBuf datagram, ByteBufAllocator alloc) throws ProtectionException {
        byte[] message = new byte[datagram.readableBytes()];
        datagram.getBytes(datagram.readerIndex(), message);
        byte[] token = messages.wrap(message, encrypts);
        int length = GssFrameCodec.HEADER_LENGTH + token.length;
        if (length > MAX_DATAGRAM) {
            throw new ProtectionException("a datagram of " + length + " octets");
        }
        ByteBuf out = alloc.buffer(length);
        GssFrameCodec.encode(GssFrameCodec.DATA, token, out);
        return out;
    }
}
