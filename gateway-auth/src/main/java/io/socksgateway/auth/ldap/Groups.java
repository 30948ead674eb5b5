package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.socksgateway.core.config.LdapConfig;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the groups of a user are found.
 *
 * <p>Immutable. Blocks.
 */
final class Groups {

    private static final int MAX = 1_000;

    private final LdapConfig.@Nullable Groups config;
    private final @Nullable FilterTemplate filter;

    /**
     * @param config null for no groups
     * @throws IllegalArgumentException if it has a malformed DN or filter; the message begins with the key
     */
    Groups(LdapConfig.@Nullable Groups config) {
        this.config = config;
        if (config == null || config.base() == null) {
            this.filter = null;
        } else {
            String base = config.base();
            Malformed.in("groups.base", () -> DnTemplate.parse(base));
            this.filter = Malformed.in(
                    "groups.filter", () -> new FilterTemplate(config.filter(), LdapConfig.DN, LdapConfig.USER));
        }
    }

    /** The attributes of a user's entry that are needed for it. */
    List<String> attributes() {
        return config != null && config.base() == null ? List.of(config.attribute()) : List.of();
    }

    /**
     * The names of a user's groups.
     *
     * @param name of the user in the directory
     * @throws LDAPException also if there are more than a thousand
     */
    Set<String> of(Entry user, String name, LDAPInterface directory, TimeLeft left) throws LDAPException {
        if (config == null) {
            return Set.of();
        }
        if (filter == null) {
            return Account.groups(user, config.attribute());
        }
        SearchRequest request = new SearchRequest(
                String.valueOf(config.base()),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                MAX,
                0,
                false,
                filter.fill(Map.of(LdapConfig.DN, user.getDN(), LdapConfig.USER, name)),
                config.attribute());
        request.setResponseTimeoutMillis(left.millis());
        Set<String> groups = new HashSet<>();
        for (Entry group : directory.search(request).getSearchEntries()) {
            String[] names = group.getAttributeValues(config.attribute());
            groups.addAll(names == null ? List.of() : Arrays.asList(names));
        }
        return groups;
    }
}
