package io.socksgateway.auth.gssapi;

import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.config.GssapiConfig;
import io.socksgateway.core.session.GssTerms;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.GssToken;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts security contexts of Kerberos clients, with the keys of a keytab: no KDC is asked, and no file of the system is
 * needed. The keytab is looked at for each client, so a new key in it counts at once.
 *
 * <p>As the keytab's file is read, and tickets are decrypted, it is done by workers; at most {@link #MAX_WAITING} clients
 * wait for one, and who has waited for as long as its asker has patience is not accepted any more.
 *
 * <p>Confined to the event loop of its verticle.
 */
public final class GssAcceptor {

    static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(GssAcceptor.class);
    private static final String KERBEROS = "1.2.840.113554.1.2.2";
    private static final byte[] NO_TOKEN = {};

    private final GssapiConfig config;
    private final Set<String> principals;
    private final ClientNames names;
    private final GssTerms terms;
    private final WorkerExecutor workers;
    private final long patience;
    private final TicketAge age;
    private final GSSManager manager = GSSManager.getInstance();
    private final GSSCredential credential;
    private int waiting;
    private boolean overloaded;

    /** A context that wants another token. */
    private record Begun(GSSContext context) implements GssOutcome.Context {}

    /**
     * An acceptor.
     *
     * @param patience nanoseconds that an asker waits
     * @throws GSSException if Java has no Kerberos
     */
    public GssAcceptor(GssapiConfig config, WorkerExecutor workers, long patience) throws GSSException {
        this.config = config;
        this.principals = Set.copyOf(config.principals());
        this.names = new ClientNames(config);
        this.terms = new GssTerms(config.protection(), config.nec());
        this.workers = workers;
        this.patience = patience;
        this.age = new TicketAge(config.maxAge());
        this.credential = credential();
    }

    /** Of whoever the keytab has keys of: which of them it was is looked at when a context is established. */
    private GSSCredential credential() throws GSSException {
        Subject subject = new Subject();
        subject.getPrivateCredentials()
                .add(KeyTab.getUnboundInstance(config.keytab().toFile()));
        Oid kerberos = new Oid(KERBEROS);
        PrivilegedExceptionAction<GSSCredential> create = () ->
                manager.createCredential(null, GSSCredential.INDEFINITE_LIFETIME, kerberos, GSSCredential.ACCEPT_ONLY);
        try {
            return Subject.doAs(subject, create);
        } catch (PrivilegedActionException e) {
            if (e.getException() instanceof GSSException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    /** The name in the configuration. */
    public String name() {
        return config.name();
    }

    /** Whether the configuration still lets somebody in under a name. */
    public boolean admits(String user) {
        return names.admits(user);
    }

    /** All groups that the configuration has for clients of a name. */
    public Set<String> groupsOf(String user) {
        return names.groupsOf(user);
    }

    /** Takes the next token of a client. Fails if too many wait. */
    public Future<GssOutcome> accept(GssRequest request) {
        if (waiting >= MAX_WAITING) {
            return Future.failedFuture(tooMany());
        }
        waiting++;
        long asked = System.nanoTime();
        return workers.executeBlocking(
                        () -> {
                            if (System.nanoTime() - asked >= patience) {
                                throw new IllegalStateException("the client waited for too long to be accepted");
                            }
                            return take(request);
                        },
                        false)
                .onComplete(done -> {
                    waiting--;
                    overloaded &= waiting > MAX_WAITING / 2;
                });
    }

    /** Logged when it begins, and not again until half of the queue is gone. */
    private RuntimeException tooMany() {
        if (!overloaded) {
            LOG.warn("authenticator {}: {} clients wait to be accepted, more are turned away", config.name(), waiting);
            overloaded = true;
        }
        return new IllegalStateException("too many clients at once");
    }

    private GssOutcome take(GssRequest request) {
        GSSContext context;
        try {
            context = request.context() instanceof Begun begun ? begun.context() : manager.createContext(credential);
        } catch (GSSException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        try {
            byte[] octets = request.token().octets();
            byte[] answer = context.acceptSecContext(octets, 0, octets.length);
            GssToken token = GssToken.of(answer == null ? NO_TOKEN : answer);
            return context.isEstablished()
                    ? established(context, token)
                    : new GssOutcome.Continues(token, new Begun(context));
        } catch (GSSException e) {
            return refused(context, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // the JDK's parser counts on what the client has sent
            return refused(context, "the token is defective: " + e.getClass().getSimpleName());
        }
    }

    private GssOutcome established(GSSContext context, GssToken token) throws GSSException {
        if (context.getCredDelegState()) {
            context.getDelegCred().dispose(); // RFC 1961 makes clients send it; nobody here wants it
        }
        String service = String.valueOf(context.getTargName());
        String client = String.valueOf(context.getSrcName());
        if (!principals.contains(service)) {
            return refused(context, "its ticket is for " + service);
        }
        Identity identity = context.getAnonymityState() ? null : names.identify(client);
        if (identity == null) {
            return refused(context, client + " may not come in: it is neither listed nor of a realm that is");
        }
        Identity limited = identity.until(age.expiry(context));
        if (limited.expired(System.currentTimeMillis())) {
            return refused(context, client + " has logged in to Kerberos longer ago than maxAge");
        }
        return new GssOutcome.Established(token, limited, new ContextMessages(context), terms);
    }

    private static GssOutcome refused(GSSContext context, String why) {
        new ContextMessages(context).close();
        return new GssOutcome.NoContext(why.replaceAll("[^\\x20-\\x7E]", "?"));
    }
}
