package io.socksgateway.core.session;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a client has been found to be, and what the one who found it claims for the session.
 *
 * <p>Immutable.
 *
 * @param user verified name, or null if the method asks for none
 * @param quota name of a quota of the configuration that counts the session too, or null
 * @param egress address of this machine that targets are dialled from, or null for those of the configuration
 * @param expiresAt milliseconds of the Unix epoch at which the session ends, or {@link #NEVER}
 * @param source name of the authenticator that vouches for it, or null if none was asked
 * @param login name that it logged in with, which may be another than the user's, as an address of e-mail: the one to ask the
 *     authenticator about again, and told to nobody else. If it is null, it is the user's
 */
public record Identity(
        @Nullable String user,
        Set<String> groups,
        @Nullable String quota,
        @Nullable InetAddress egress,
        long expiresAt,
        @Nullable String source,
        @Nullable String login) {

    /** The session may last. */
    public static final long NEVER = 0;

    /** Nobody in particular. */
    public static final Identity ANONYMOUS = new Identity(null, Set.of());

    public Identity {
        groups = Set.copyOf(groups);
        login = login == null ? user : login;
        if (expiresAt < 0) {
            throw new IllegalArgumentException("expiresAt: " + expiresAt + " (expected: 0 or more)");
        }
    }

    /** Without claims, and without an authenticator that is known. */
    public Identity(@Nullable String user, Set<String> groups) {
        this(user, groups, null, null, NEVER, null);
    }

    /** Called as it has logged in. */
    public Identity(
            @Nullable String user,
            Set<String> groups,
            @Nullable String quota,
            @Nullable InetAddress egress,
            long expiresAt,
            @Nullable String source) {
        this(user, groups, quota, egress, expiresAt, source, null);
    }

    /** The same, vouched for by an authenticator. */
    public Identity from(String authenticator) {
        return new Identity(user, groups, quota, egress, expiresAt, authenticator, login);
    }

    /** The same, after a login with a name. */
    public Identity loggedInAs(String name) {
        return new Identity(user, groups, quota, egress, expiresAt, source, name);
    }

    /** The same, until a time in milliseconds of the Unix epoch, or {@link #NEVER}. */
    public Identity until(long end) {
        return new Identity(user, groups, quota, egress, end, source, login);
    }

    /** Whether the session may last no longer, at a time in milliseconds of the Unix epoch. */
    public boolean expired(long now) {
        return expiresAt != NEVER && expiresAt <= now;
    }
}
