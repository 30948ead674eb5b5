package io.socksgateway.deploy.bench.crowd;

import io.socksgateway.core.tcp.CapacityLimits;

/** How many tunnels there is room for. */
final class Places {

    /** Sessions for newcomers. */
    private static final int NEWCOMERS = 64;

    /** What clients and targets hold beside their tunnels. */
    private static final int SPARE_DESCRIPTORS = 300;

    private static final int ANY_NUMBER = 1_000_000;

    private Places() {}

    /**
     * This process has both ends of each tunnel. The gateway has both ends too, and keeps descriptors back for what else it has to do.
     *
     * @param descriptors that a process may have
     */
    static int tunnels(long descriptors) {
        long here = descriptors / 2 - SPARE_DESCRIPTORS;
        long there = (long) CapacityLimits.of(ANY_NUMBER, descriptors).sessions() - NEWCOMERS;
        return (int) Math.max(1, Math.min(here, there));
    }
}
