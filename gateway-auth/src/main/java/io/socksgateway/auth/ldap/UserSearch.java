package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.socksgateway.core.config.LdapConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entry of a user by a filter, on connections of a service account or of nobody in particular.
 *
 * <p>Thread-safe. Blocks.
 */
final class UserSearch implements AutoCloseable {

    private final DN base;
    private final FilterTemplate filter;
    private final String nameAttribute;
    private final String[] attributes;
    private final LDAPConnectionPool pool;

    /**
     * @param attributes what is needed of the entry, besides the name
     * @throws IllegalArgumentException if a DN or a filter is malformed; the message begins with the key
     */
    UserSearch(LdapConfig.Search config, List<String> attributes, DirectoryServers servers) {
        this.base = Malformed.in("search.base", () -> DnTemplate.parse(config.base()));
        this.filter = Malformed.in("search.filter", () -> new FilterTemplate(config.filter(), LdapConfig.USER));
        String given = config.nameAttribute();
        this.nameAttribute = given != null
                ? given
                : filter.attributeOf(LdapConfig.USER)
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "search.nameAttribute: is missing, and the filter"
                                                + " compares no attribute with {user} alone (expected: the attribute with the name)"));
        List<String> all = new ArrayList<>(attributes);
        all.add(nameAttribute);
        this.attributes = all.toArray(String[]::new);
        this.pool = servers.pool("search", login(config));
    }

    private static @Nullable SimpleBindRequest login(LdapConfig.Search config) {
        if (config.bindDn() == null || config.bindPassword() == null) {
            return null;
        }
        String dn = config.bindDn();
        Malformed.in("search.bindDn", () -> DnTemplate.parse(dn));
        return new SimpleBindRequest(dn, config.bindPassword().value());
    }

    DN base() {
        return base;
    }

    String nameAttribute() {
        return nameAttribute;
    }

    LDAPInterface connections() {
        return pool;
    }

    /**
     * The entry of a user, or null if there is none.
     *
     * @throws DirectoryException if there are several
     */
    @Nullable
    SearchResultEntry find(String user, TimeLeft left) throws LDAPException {
        SearchRequest request = new SearchRequest(
                base.toString(),
                SearchScope.SUB,
                DereferencePolicy.NEVER,
                2,
                0,
                false,
                filter.fill(Map.of(LdapConfig.USER, user)),
                attributes);
        request.setResponseTimeoutMillis(left.millis());
        List<SearchResultEntry> found;
        try {
            found = pool.search(request).getSearchEntries();
        } catch (LDAPSearchException e) {
            if (e.getResultCode().intValue() != ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE) {
                throw e;
            }
            found = e.getSearchEntries();
        }
        if (found.size() > 1) {
            throw new DirectoryException("the filter finds several entries for one user");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public void close() {
        pool.close();
    }
}
