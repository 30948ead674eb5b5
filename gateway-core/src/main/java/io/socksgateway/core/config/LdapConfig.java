package io.socksgateway.core.config;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Type {@code ldap} of an authenticator: the users of a directory. Exactly one of {@code bindDn} and {@code search} is there.
 *
 * <p>Immutable.
 *
 * @param servers the first that answers is asked; all with TLS from the start, or none
 * @param startTls whether TLS is begun on connections that are without
 * @param trust certificates that vouch for the servers; empty for those that Java trusts
 * @param bindDn DN of a user with {@code {user}} in the place of the name
 * @param connections the most that are open at a time for each purpose
 * @param timeout milliseconds for each answer
 */
public record LdapConfig(
        String name,
        List<Server> servers,
        boolean startTls,
        List<X509Certificate> trust,
        @Nullable String bindDn,
        @Nullable Search search,
        @Nullable Groups groups,
        int connections,
        long timeout,
        AuthCacheConfig cache)
        implements AuthenticatorConfig {

    /** What stands for the name of the login in DNs and filters. */
    public static final String USER = "{user}";

    /** What stands for the DN of the user in filters for groups. */
    public static final String DN = "{dn}";

    public LdapConfig {
        servers = List.copyOf(servers);
        trust = List.copyOf(trust);
    }

    @Override
    public boolean checksPasswords() {
        return true;
    }

    /** A server and whether it speaks TLS from the start. */
    public record Server(boolean tls, String host, int port) {
        @Override
        public String toString() {
            return (tls ? "ldaps://" : "ldap://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /**
     * How the entry of a user is found.
     *
     * @param filter with {@code {user}} in the place of the name
     * @param nameAttribute holds the name that the user has here, whatever the spelling at the login
     * @param bindDn who searches, or null for nobody in particular
     */
    public record Search(
            String base,
            String filter,
            @Nullable String nameAttribute,
            @Nullable String bindDn,
            @Nullable Secret bindPassword) {}

    /**
     * Where the groups of a user are: in entries below a base, or in an attribute of the user's own entry.
     *
     * @param base null if they are in the entry of the user
     * @param filter with {@code {dn}} or {@code {user}} in the place of the member
     * @param attribute name of the group; without a base, the attribute with the DNs of the groups
     */
    public record Groups(@Nullable String base, String filter, String attribute) {}
}
