package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.load.Progress;

/** What the cost of a scenario is counted by. */
enum Unit {
    GIB("s/GiB", "GiB/s", 1),
    CONNECTION("µs/connection", "connections/s", 1e6),
    TRIP("µs/trip", "trips/s", 1e6),
    PACKET("µs/packet", "packets/s", 1e6);

    private static final double OCTETS_PER_GIB = 1L << 30;

    private final String cost;
    private final String rate;
    private final double costScale;

    Unit(String cost, String rate, double costScale) {
        this.cost = cost;
        this.rate = rate;
        this.costScale = costScale;
    }

    /** How many units lie between. */
    double amount(Progress from, Progress to) {
        return this == GIB
                ? (to.octets() - from.octets()) / OCTETS_PER_GIB
                : (double) (to.operations() - from.operations());
    }

    /** What CPU seconds come to for each unit: seconds for a GiB, microseconds for anything else. */
    double cost(double cpuSeconds, double amount) {
        return cpuSeconds * costScale / amount;
    }

    String costText() {
        return cost;
    }

    String rateText() {
        return rate;
    }
}
