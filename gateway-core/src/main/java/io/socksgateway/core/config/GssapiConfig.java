package io.socksgateway.core.config;

import io.socksgateway.core.wire.Protection;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticator of type {@code gssapi}: Kerberos clients of listeners with that method.
 *
 * <p>Immutable.
 *
 * @param keytab keys of the principals; absolute
 * @param principals who the gateway is, each with its realm: clients have tickets for one of them
 * @param protection of messages, in the order of preference
 * @param nec whether clients may ask for it in the clear
 * @param realms whose clients may come in; those of the first principal's realm lose it in their names
 * @param users clients that are called otherwise or have groups, also of other realms
 * @param groups that every one of its clients is in
 * @param maxAge milliseconds after a client has logged in to Kerberos at which its sessions end, 0 for never
 */
public record GssapiConfig(
        String name,
        Path keytab,
        List<String> principals,
        List<Protection> protection,
        boolean nec,
        Set<String> realms,
        List<User> users,
        Set<String> groups,
        long maxAge)
        implements AuthenticatorConfig {

    public GssapiConfig {
        principals = List.copyOf(principals);
        protection = List.copyOf(protection);
        realms = Set.copyOf(realms);
        users = List.copyOf(users);
        groups = Set.copyOf(groups);
    }

    @Override
    public boolean checksPasswords() {
        return false;
    }

    /**
     * An entry of {@code users}.
     *
     * @param principal with its realm
     * @param name what the client is called, or null: as others are
     */
    public record User(String principal, @Nullable String name, Set<String> groups) {
        public User {
            groups = Set.copyOf(groups);
        }
    }
}
