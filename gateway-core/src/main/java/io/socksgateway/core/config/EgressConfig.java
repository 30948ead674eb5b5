package io.socksgateway.core.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Section {@code egress}: from which addresses the gateway reaches targets, and on which it can be reached by them.
 *
 * <p>Immutable.
 *
 * @param bind at most one address of each family; without one of a family the system chooses
 */
public record EgressConfig(List<InetAddress> bind) {

    public static final EgressConfig DEFAULT = new EgressConfig(List.of());

    public EgressConfig {
        bind = List.copyOf(bind);
    }
}
