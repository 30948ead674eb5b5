package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.socksgateway.core.config.LdapConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DN with {@code {user}} in the values of its parts. It is filled in behind the parser, so that a name stays within its value.
 *
 * <p>Immutable.
 */
final class DnTemplate {

    private final List<RDN> parts;

    /**
     * Parses a DN.
     *
     * @throws IllegalArgumentException if it is none, or names an attribute by the placeholder
     */
    DnTemplate(String text) {
        this.parts = List.of(parse(text).getRDNs());
        for (RDN part : parts) {
            for (String attribute : part.getAttributeNames()) {
                if (attribute.contains(LdapConfig.USER)) {
                    throw new IllegalArgumentException(
                            "{user} in the place of an attribute (expected: \"uid={user},…\")");
                }
            }
        }
    }

    /**
     * Parses a DN without placeholders.
     *
     * @throws IllegalArgumentException if it is none
     */
    static DN parse(String text) {
        try {
            return new DN(text);
        } catch (LDAPException e) {
            throw new IllegalArgumentException(
                    "malformed DN (expected: one such as \"ou=people,dc=example,dc=com\")", e);
        }
    }

    /** The attribute whose value is the name alone. */
    Optional<String> attribute() {
        return parts.stream()
                .filter(part -> Arrays.asList(part.getAttributeValues()).contains(LdapConfig.USER))
                .map(part -> part.getAttributeNames()[
                        Arrays.asList(part.getAttributeValues()).indexOf(LdapConfig.USER)])
                .findFirst();
    }

    DN fill(String user) {
        return new DN(parts.stream().map(part -> fill(part, user)).toList());
    }

    private static RDN fill(RDN part, String user) {
        String[] values = Arrays.stream(part.getAttributeValues())
                .map(value -> Placeholders.fill(value, Map.of(LdapConfig.USER, user)))
                .toArray(String[]::new);
        return new RDN(part.getAttributeNames(), values);
    }
}
