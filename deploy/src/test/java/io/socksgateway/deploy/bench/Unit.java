package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.load.Progress;

/** What the cost of a scenario is counted by. */
enum Unit {
    GIB("s/GiB", "GiB/s", 1, 1),
    CONNECTION("µs/connection", "connections/s", 1e6, 5),
    TRIP("µs/trip", "trips/s", 1e6, 1),
    PACKET("µs/packet", "packets/s", 1e6, 1);

    private static final double OCTETS_PER_GIB = 1L << 30;

    private final String cost;
    private final String rate;
    private final double costScale;
    private final int patience;

    Unit(String cost, String rate, double costScale, int patience) {
        this.cost = cost;
        this.rate = rate;
        this.costScale = costScale;
        this.patience = patience;
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

    /** How much longer than others it takes a JVM to be done with compiling: much code that runs once for each unit. */
    int patience() {
        return patience;
    }

    String costText() {
        return cost;
    }

    String rateText() {
        return rate;
    }
}
