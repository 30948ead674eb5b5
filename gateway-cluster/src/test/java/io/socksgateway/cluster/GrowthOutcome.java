package io.socksgateway.cluster;

import io.socksgateway.cluster.SimulatedNetwork.Topic;
import java.util.EnumMap;
import java.util.Map;

/** What a simulation has come to; filled while it runs. Rates are per second of the measured window, times in seconds. */
final class GrowthOutcome {

    final GrowthPlan plan;

    /** Messages a second, without those of {@link #heartbeats}. */
    final Map<Topic, Double> messages = new EnumMap<>(Topic.class);

    /** Messages a second that the busiest node sends or receives. */
    double busiestMessages;

    /** Requests a second that owners of entries work on. */
    double busiestOwner;

    double meanOwner;

    /** Sessions asked for. */
    double asked;

    /** Operations on session counters, without renewals. */
    double operationsPerSession;

    long open;

    /** The most that a subject had of its bandwidth. */
    double fastest;

    /** Subjects that wanted more than their bandwidth all the time. */
    int saturated;

    double fairnessOfSubjects;
    double fairnessOfNodes;

    /** What the nodes had of the bandwidth that they share. */
    double shared;

    double recoveryFromDeath;
    double recoveryFromFreeze;
    double recoveryFromSplit;
    int wrongAtEnd;

    /** Octets that dead nodes had reserved and not moved, or not told of. */
    long strandedOctets;

    long began;
    long refused;
    long failed;
    long cut;
    long sessionsOver;
    long sessionsOverDisturbed;
    int mostOver;

    /** Octets moved above a limit, where the record was never lost. */
    long octetsOver;

    /** The same, where a record was lost with its owner and its backup. */
    long octetsOverForgotten;

    /** The same, where the owner was cut off from its backup and has granted more until it noticed. */
    long octetsOverStale;

    /** Octets moved that the record does not have. */
    long octetsUnrecorded;

    /** Subjects that have moved more than 99 % of their traffic. */
    int usedUp;

    long events;

    GrowthOutcome(GrowthPlan plan) {
        this.plan = plan;
    }

    double messages(Topic topic) {
        return messages.getOrDefault(topic, 0.0);
    }

    /** Every member to every other; not simulated, as there is nothing to it. */
    double heartbeats() {
        return (double) plan.nodes() * (plan.nodes() - 1) / HazelcastSettings.HEARTBEAT;
    }
}
