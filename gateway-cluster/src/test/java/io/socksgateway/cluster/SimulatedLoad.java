package io.socksgateway.cluster;

import io.socksgateway.cluster.growth.Popularity;

/** What all clients of a simulation have in common. */
final class SimulatedLoad {

    private final GrowthPlan plan;
    private final Popularity popularity;
    private final SimulatedSubjects subjects;
    private final Onlooker onlooker;
    private boolean over;

    SimulatedLoad(GrowthPlan plan) {
        this.plan = plan;
        this.popularity = new Popularity(plan.subjects(), plan.skew());
        this.subjects = new SimulatedSubjects(plan);
        this.onlooker = new Onlooker(plan);
    }

    GrowthPlan plan() {
        return plan;
    }

    Popularity popularity() {
        return popularity;
    }

    SimulatedSubjects subjects() {
        return subjects;
    }

    Onlooker onlooker() {
        return onlooker;
    }

    /** No session begins or ends any more. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
