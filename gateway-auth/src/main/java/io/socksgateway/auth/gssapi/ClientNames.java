package io.socksgateway.auth.gssapi;

import io.socksgateway.core.config.GssapiConfig;
import io.socksgateway.core.session.Identity;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a principal is for the gateway. A client of our own realm is called by its name alone, one of another realm that may
 * come in keeps its realm: so nobody is taken for a namesake, unless the configuration says that they are the same.
 *
 * <p>Immutable.
 */
final class ClientNames {

    private static final int MAX_BYTES = 255;

    /** The first component of principals that are anybody (RFC 6111, RFC 8062). */
    private static final String WELL_KNOWN = "WELLKNOWN";

    private final GssapiConfig config;
    private final String ownRealm;
    private final Map<String, GssapiConfig.User> listed = new HashMap<>();

    ClientNames(GssapiConfig config) {
        this.config = config;
        String first = config.principals().get(0);
        this.ownRealm = first.substring(first.lastIndexOf('@') + 1);
        config.users().forEach(user -> listed.put(user.principal(), user));
    }

    /**
     * The identity of a principal, or null if it may not come in.
     *
     * @param principal as the GSS-API writes it, with a backslash before what is not a separator
     */
    @Nullable
    Identity identify(String principal) {
        GssapiConfig.User user = listed.get(principal);
        String name = calledAs(principal, user);
        if (name == null) {
            return null;
        }
        Set<String> groups = new HashSet<>(config.groups());
        groups.addAll(user == null ? Set.of() : user.groups());
        return new Identity(name, groups).from(config.name());
    }

    /** All groups that the configuration has for clients of a name. */
    Set<String> groupsOf(String name) {
        Set<String> groups = new HashSet<>(config.groups());
        for (GssapiConfig.User user : config.users()) {
            if (name.equals(calledAs(user.principal(), user))) {
                groups.addAll(user.groups());
            }
        }
        return groups;
    }

    /** Whether somebody may still be called so. */
    boolean admits(String name) {
        return config.users().stream().anyMatch(user -> name.equals(calledAs(user.principal(), user)))
                || isUnlisted(name + "@" + ownRealm, name)
                || isUnlisted(name, name);
    }

    private boolean isUnlisted(String principal, String name) {
        return !listed.containsKey(principal) && name.equals(usualName(principal, false));
    }

    private @Nullable String calledAs(String principal, GssapiConfig.@Nullable User user) {
        return user == null || user.name() == null ? usualName(principal, user != null) : user.name();
    }

    private @Nullable String usualName(String principal, boolean admitted) {
        int at = principal.lastIndexOf('@');
        String name = principal.substring(0, Math.max(at, 0));
        String realm = principal.substring(at + 1);
        if (!admitted && !config.realms().contains(realm)) {
            return null;
        }
        String usual = realm.equals(ownRealm) ? name : principal;
        boolean unambiguous = !name.isBlank()
                && name.indexOf('@') < 0
                && name.indexOf('\\') < 0
                && !name.startsWith("/")
                && !name.equals(WELL_KNOWN)
                && !name.startsWith(WELL_KNOWN + "/")
                && usual.chars().noneMatch(Character::isISOControl)
                && usual.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
        return unambiguous ? usual : null;
    }
}
