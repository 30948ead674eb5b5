package io.socksgateway.auth.gssapi;

import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.ProtectionException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;

/**
 * The messages of an established context. Nothing here waits: keys are there, and random octets come without blocking.
 *
 * <p>Confined to the event loop of its session.
 */
final class ContextMessages implements MessageProtection {

    private static final int DEFAULT_QOP = 0;

    private final GSSContext context;

    ContextMessages(GSSContext context) {
        this.context = context;
    }

    @Override
    public boolean confidentialityAvailable() {
        return context.getConfState();
    }

    @Override
    public boolean orderKnown() {
        return context.getSequenceDetState() || context.getReplayDetState();
    }

    @Override
    public byte[] wrap(byte[] octets, boolean confidential) throws ProtectionException {
        MessageProp properties = new MessageProp(DEFAULT_QOP, confidential);
        try {
            byte[] token = context.wrap(octets, 0, octets.length, properties);
            if (properties.getPrivacy() != confidential) {
                throw new ProtectionException("cannot be encrypted");
            }
            return token;
        } catch (GSSException e) {
            throw new ProtectionException("cannot be wrapped: " + e.getMajorString());
        }
    }

    @Override
    public Opened unwrap(byte[] token) throws ProtectionException {
        MessageProp properties = new MessageProp(DEFAULT_QOP, false);
        try {
            byte[] octets = context.unwrap(token, 0, token.length, properties);
            return new Opened(octets, properties.getPrivacy(), order(properties));
        } catch (GSSException e) {
            throw new ProtectionException("cannot be unwrapped: " + e.getMajorString());
        } catch (RuntimeException e) { // the JDK's parser counts on what the client has sent
            throw new ProtectionException("cannot be unwrapped: " + e.getClass().getSimpleName());
        }
    }

    private static Order order(MessageProp properties) {
        if (properties.isDuplicateToken() || properties.isOldToken()) {
            return Order.REPEATED;
        }
        return properties.isUnseqToken() || properties.isGapToken() ? Order.OUT_OF_PLACE : Order.NEXT;
    }

    @Override
    public int longestMessage(int token, boolean confidential) {
        try {
            return context.getWrapSizeLimit(DEFAULT_QOP, confidential, token);
        } catch (GSSException e) {
            throw new IllegalStateException("no limit is known: " + e.getMajorString(), e);
        }
    }

    @Override
    public void close() {
        try {
            context.dispose();
        } catch (GSSException e) {
            return; // it is garbage then
        }
    }
}
