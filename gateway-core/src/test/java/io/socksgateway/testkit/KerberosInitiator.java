package io.socksgateway.testkit;

import io.socksgateway.core.session.MessageProtection;
import io.socksgateway.core.session.ProtectionException;
import java.io.IOException;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;

/** The client's end of a Kerberos context: a ticket from the KDC, then messages. */
public final class KerberosInitiator implements GssClient.Initiator, MessageProtection {

    private static final String MECHANISM = "1.2.840.113554.1.2.2";
    private static final String PRINCIPAL_NAME = "1.2.840.113554.1.2.2.1";

    private final Subject client;
    private final GSSContext context;

    private KerberosInitiator(Subject client, GSSContext context) {
        this.client = client;
        this.context = context;
    }

    /** A client that wants all the services that RFC 1961 has it want, but does not give its own ticket away. */
    public static KerberosInitiator of(Subject client, String service) throws IOException {
        return as(client, () -> {
            GSSManager manager = GSSManager.getInstance();
            GSSContext context = manager.createContext(
                    manager.createName(service, new Oid(PRINCIPAL_NAME)),
                    new Oid(MECHANISM),
                    null,
                    GSSContext.DEFAULT_LIFETIME);
            context.requestMutualAuth(true);
            context.requestReplayDet(true);
            context.requestSequenceDet(true);
            context.requestConf(true);
            context.requestInteg(true);
            return new KerberosInitiator(client, context);
        });
    }

    /** Wants neither numbers on messages nor their encryption. */
    public KerberosInitiator modest() throws IOException {
        return as(client, () -> {
            context.requestReplayDet(false);
            context.requestSequenceDet(false);
            context.requestConf(false);
            return this;
        });
    }

    private static <T> T as(Subject client, PrivilegedExceptionAction<T> action) throws IOException {
        try {
            return Subject.doAs(client, action);
        } catch (PrivilegedActionException e) {
            throw new IOException(e.getException());
        }
    }

    @Override
    public byte[] next(byte[] answer) throws IOException {
        return as(client, () -> context.initSecContext(answer, 0, answer.length));
    }

    @Override
    public boolean established() {
        return context.isEstablished();
    }

    @Override
    public MessageProtection messages() {
        return this;
    }

    @Override
    public boolean confidentialityAvailable() {
        return context.getConfState();
    }

    @Override
    public boolean orderKnown() {
        return context.getSequenceDetState();
    }

    @Override
    public byte[] wrap(byte[] octets, boolean confidential) throws ProtectionException {
        try {
            return context.wrap(octets, 0, octets.length, new MessageProp(confidential));
        } catch (GSSException e) {
            throw new ProtectionException(e.getMessage());
        }
    }

    @Override
    public Opened unwrap(byte[] token) throws ProtectionException {
        MessageProp found = new MessageProp(false);
        try {
            byte[] octets = context.unwrap(token, 0, token.length, found);
            boolean twice = found.isDuplicateToken() || found.isOldToken();
            boolean elsewhere = found.isGapToken() || found.isUnseqToken();
            Order order = twice ? Order.REPEATED : elsewhere ? Order.OUT_OF_PLACE : Order.NEXT;
            return new Opened(octets, found.getPrivacy(), order);
        } catch (GSSException e) {
            throw new ProtectionException(e.getMessage());
        }
    }

    @Override
    public int longestMessage(int token, boolean confidential) {
        try {
            return context.getWrapSizeLimit(0, confidential, token);
        } catch (GSSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            context.dispose();
        } catch (GSSException e) {
            throw new IllegalStateException(e);
        }
    }
}
