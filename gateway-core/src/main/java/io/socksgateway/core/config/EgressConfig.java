package io.socksgateway.core.config;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Section {@code egress}: from which addresses the gateway reaches targets, and on which it can be reached by them.
 *
 * <p>Immutable.
 *
 * @param bind at most one address of each family; without one of a family the system chooses
 * @param pool addresses that an authenticator may choose for a client, besides those of {@code bind}
 */
public record EgressConfig(List<InetAddress> bind, List<InetAddress> pool) {

    public static final EgressConfig DEFAULT = new EgressConfig(List.of());

    public EgressConfig {
        bind = List.copyOf(bind);
        pool = List.copyOf(pool);
    }

    /** Without any to choose from. */
    public EgressConfig(List<InetAddress> bind) {
        this(bind, List.of());
    }

    /** All that a client may be given. */
    public Set<InetAddress> choices() {
        Set<InetAddress> all = new LinkedHashSet<>(bind);
        all.addAll(pool);
        return all;
    }
}
