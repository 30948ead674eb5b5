package io.socksgateway.cluster;

import java.security.Security;

/**
 * How long Java remembers the names of nodes: by default half a minute, and ten seconds that there is none. A pod that starts is
 * not in the DNS at once, and would look for the others among addresses of the past.
 */
final class NameCache {

    private static final String KNOWN = "networkaddress.cache.ttl";
    private static final String UNKNOWN = "networkaddress.cache.negative.ttl";
    private static final String JAVAS_OWN = "10";

    private static final String SECONDS = "3";

    private NameCache() {}

    /** For the whole process, unless its operator has said otherwise; has no effect once a name was looked up. */
    static void shorten() {
        if (Security.getProperty(KNOWN) == null) {
            Security.setProperty(KNOWN, SECONDS);
        }
        if (JAVAS_OWN.equals(Security.getProperty(UNKNOWN))) {
            Security.setProperty(UNKNOWN, SECONDS);
        }
    }
}
