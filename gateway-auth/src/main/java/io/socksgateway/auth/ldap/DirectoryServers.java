package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import io.socksgateway.core.config.LdapConfig;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Pools of connections to the servers of a directory, opened when they are needed. No referral is followed. */
final class DirectoryServers {

    private static final int MAX_MESSAGE = 1 << 20;
    private static final long MAX_AGE = 600_000;

    private final LdapConfig config;
    private final @Nullable SSLSocketFactory tls;

    DirectoryServers(LdapConfig config) {
        this.config = config;
        boolean withTls = config.startTls() || config.servers().get(0).tls();
        this.tls = withTls ? socketFactory(config) : null;
    }

    private static SSLSocketFactory socketFactory(LdapConfig config) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, TrustedCertificates.of(config.trust()).getTrustManagers(), null);
            return new TlsSockets(context.getSocketFactory(), Math.toIntExact(config.timeout()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /**
     * A pool without a connection so far.
     *
     * @param login what each connection begins with, or null for nothing
     */
    LDAPConnectionPool pool(String purpose, @Nullable BindRequest login) {
        PostConnectProcessor begin = config.startTls() ? new StartTLSPostConnectProcessor(tls) : null;
        try {
            LDAPConnectionPool pool =
                    new LDAPConnectionPool(servers(), login, 0, config.connections(), 0, begin, false);
            pool.setConnectionPoolName(config.name() + " " + purpose);
            pool.setMaxConnectionAgeMillis(MAX_AGE);
            pool.setMaxWaitTimeMillis(config.timeout());
            pool.setRetryFailedOperationsDueToInvalidConnections(true);
            return pool;
        } catch (LDAPException e) {
            throw new IllegalStateException("no connection is opened yet", e);
        }
    }

    private ServerSet servers() {
        List<ServerSet> each = config.servers().stream()
                .<ServerSet>map(server -> new SingleServerSet(server.host(), server.port(), plainOrTls(), options()))
                .toList();
        if (each.size() == 1) {
            return each.get(0);
        }
        FailoverServerSet servers = new FailoverServerSet(each);
        // So that one that does not answer costs its timeout once, and not every new connection.
        servers.setReOrderOnFailover(true);
        return servers;
    }

    private @Nullable SocketFactory plainOrTls() {
        return config.startTls() ? null : tls;
    }

    private LDAPConnectionOptions options() {
        int timeout = Math.toIntExact(config.timeout());
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(timeout);
        options.setResponseTimeoutMillis(timeout);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        // One thread at a time uses a connection: it needs none of its own to read.
        options.setUseSynchronousMode(true);
        options.setUseKeepAlive(true);
        options.setMaxMessageSize(MAX_MESSAGE);
        return options;
    }
}
