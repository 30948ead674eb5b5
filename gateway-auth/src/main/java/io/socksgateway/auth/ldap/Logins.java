package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10RequestControl;
import java.util.Optional;

/**
 * Connections on which users log in, one after the other: each bind replaces the identity of the one before, also if it fails.
 *
 * <p>Thread-safe. Blocks.
 */
final class Logins implements AutoCloseable {

    private final LDAPConnectionPool pool;

    Logins(LDAPConnectionPool pool) {
        this.pool = pool;
    }

    /** Opens a connection, unless there is one. */
    void connect() throws LDAPException {
        pool.releaseConnection(pool.getConnection());
    }

    /** What is asked once the password has been found right. */
    interface Welcome {
        DirectoryAnswer answer(LDAPInterface asUser) throws LDAPException;
    }

    /**
     * Binds as a user.
     *
     * @throws DirectoryException if the directory cannot tell
     */
    DirectoryAnswer login(DN user, byte[] password, TimeLeft left, Welcome welcome) {
        if (password.length == 0) {
            // RFC 4513 section 5.1.2: the directory would say yes, to nobody in particular.
            throw new IllegalArgumentException("password: empty");
        }
        try {
            LDAPConnection connection = pool.getConnection();
            try {
                return attempt(connection, user, password, left, welcome);
            } catch (LDAPException e) {
                if (e.getResultCode().intValue() != ResultCode.SERVER_DOWN_INT_VALUE) {
                    throw e;
                }
                // The directory had closed it while nobody used it, and most likely the others with it.
                pool.shrinkPool(0);
                return attempt(pool.getConnection(), user, password, left, welcome);
            }
        } catch (LDAPException e) {
            throw Refusal.trouble(e.getResultCode());
        }
    }

    /** Gives the connection back whatever becomes of it. */
    private DirectoryAnswer attempt(LDAPConnection connection, DN user, byte[] password, TimeLeft left, Welcome welcome)
            throws LDAPException {
        boolean usable = false;
        try {
            Optional<DirectoryAnswer> refused = bind(connection, user, password, left);
            DirectoryAnswer answer = refused.isPresent() ? refused.get() : welcome.answer(connection);
            usable = true;
            return answer;
        } catch (LDAPException e) {
            usable = e.getResultCode().isConnectionUsable();
            throw e;
        } finally {
            if (usable) {
                pool.releaseConnection(connection);
            } else {
                pool.releaseDefunctConnection(connection);
            }
        }
    }

    /** Nothing if the user is in. */
    private static Optional<DirectoryAnswer> bind(LDAPConnection connection, DN user, byte[] password, TimeLeft left)
            throws LDAPException {
        SimpleBindRequest request =
                new SimpleBindRequest(user, password, new DraftBeheraLDAPPasswordPolicy10RequestControl());
        request.setResponseTimeoutMillis(left.millis());
        BindResult result;
        try {
            result = connection.bind(request);
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            return Optional.of(Refusal.of(e));
        }
        return Refusal.byPolicy(result);
    }

    @Override
    public void close() {
        pool.close();
    }
}
