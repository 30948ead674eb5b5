package io.socksgateway.auth;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;

/**
 * What plug-ins may claim for a session: what the configuration knows.
 *
 * <p>Immutable.
 *
 * @param quotas names of quotas
 * @param egress addresses of this machine that targets may be dialled from
 */
public record ClaimBounds(Set<String> quotas, Set<InetAddress> egress) {

    /** Neither a quota nor an address. */
    public static final ClaimBounds NOTHING = new ClaimBounds(Set.of(), Set.of());

    public ClaimBounds {
        quotas = Set.copyOf(quotas);
        egress = Set.copyOf(egress);
    }

    /** Whether all that others allow may be claimed here too. */
    boolean covers(ClaimBounds others) {
        return quotas.containsAll(others.quotas) && egress.containsAll(others.egress);
    }

    public static ClaimBounds of(Collection<String> quotas, Collection<InetAddress> egress) {
        return new ClaimBounds(Set.copyOf(quotas), Set.copyOf(egress));
    }
}
