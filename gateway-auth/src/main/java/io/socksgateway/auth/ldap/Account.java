package io.socksgateway.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the entry of a user says. */
final class Account {

    /** Where directories write that a user is disabled. */
    static final List<String> STATE = List.of(
            "userAccountControl", "nsAccountLock", "pwdAccountLockedTime", "ds-pwp-account-disabled", "loginDisabled");

    /** What OpenLDAP's policy writes for a lock without an end. */
    private static final String LOCKED_FOR_EVER = "000001010000Z";

    private static final int ACCOUNT_DISABLE = 2;

    private Account() {}

    /** Whether an administrator has disabled the user. A lock that ends by itself shows only when the user binds. */
    static boolean disabled(Entry entry) {
        Long control = null;
        try {
            control = entry.getAttributeValueAsLong("userAccountControl");
        } catch (NumberFormatException e) {
            // Not Active Directory's attribute of this name.
        }
        return (control != null && (control & ACCOUNT_DISABLE) != 0)
                || "true".equalsIgnoreCase(entry.getAttributeValue("nsAccountLock"))
                || "true".equalsIgnoreCase(entry.getAttributeValue("ds-pwp-account-disabled"))
                || "true".equalsIgnoreCase(entry.getAttributeValue("loginDisabled"))
                || LOCKED_FOR_EVER.equals(entry.getAttributeValue("pwdAccountLockedTime"));
    }

    /**
     * The name of the user as the directory spells it: {@code Alice} and {@code alice} are one user to it, and are one here.
     *
     * @throws DirectoryException if the entry has none
     */
    static String name(Entry entry, String attribute, String login) {
        String[] values = entry.getAttributeValues(attribute);
        if (values == null || values.length == 0) {
            throw new DirectoryException("the user's entry has no " + attribute + " to be read");
        }
        String first = null;
        for (String value : values) {
            if (value.equalsIgnoreCase(login)) {
                return value;
            }
            first = first == null || value.compareTo(first) < 0 ? value : first;
        }
        return String.valueOf(first);
    }

    /** The first part of each DN in an attribute: {@code staff} of {@code cn=staff,ou=groups}. */
    static Set<String> groups(Entry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        Set<String> groups = new HashSet<>();
        if (values != null) {
            Arrays.stream(values).forEach(value -> groups.add(firstPart(value)));
        }
        return groups;
    }

    private static String firstPart(String dn) {
        try {
            RDN first = new DN(dn).getRDN();
            return first == null ? dn : first.getAttributeValues()[0];
        } catch (LDAPException e) {
            return dn;
        }
    }
}
