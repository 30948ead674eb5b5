package io.socksgateway.cluster;

import io.socksgateway.cluster.SimulatedNetwork.Topic;
import io.socksgateway.cluster.growth.Fairness;
import io.socksgateway.core.quota.TrafficUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What goes on from its making until {@link #end}. */
final class GrowthMeasurement {

    private final GrowthPlan plan;
    private final SimulatedLoad load;
    private final SimulatedNetwork network;
    private final List<SimulatedNode> nodes;
    private final List<SimulatedClients> clients;
    private final long[] probes;

    private final Map<Topic, Long> messages = new EnumMap<>(Topic.class);
    private final long[] messagesOf;
    private final long[] operationsOf;
    private final long[] probesBefore;
    private final long[] movedBefore;
    private final int[] openBefore;
    private final long asked;
    private final long operations;

    GrowthMeasurement(
            GrowthPlan plan,
            SimulatedLoad load,
            SimulatedNetwork network,
            List<SimulatedNode> nodes,
            List<SimulatedClients> clients,
            long[] probes) {
        this.plan = plan;
        this.load = load;
        this.network = network;
        this.nodes = List.copyOf(nodes);
        this.clients = List.copyOf(clients);
        this.probes = probes;
        for (Topic topic : Topic.values()) {
            messages.put(topic, network.messages(topic));
        }
        this.messagesOf = nodes.stream().mapToLong(SimulatedNode::messages).toArray();
        this.operationsOf = nodes.stream().mapToLong(SimulatedNode::operations).toArray();
        this.probesBefore = probes.clone();
        this.movedBefore = new long[plan.subjects()];
        this.openBefore = new int[plan.subjects()];
        for (int subject = 0; subject < plan.subjects(); subject++) {
            movedBefore[subject] = load.onlooker().movedBy(subject);
            openBefore[subject] = load.onlooker().openOf(subject);
        }
        this.asked = asked();
        this.operations = operations();
    }

    private long asked() {
        return load.onlooker().began() + load.onlooker().refusals();
    }

    private long operations() {
        return clients.stream().mapToLong(each -> each.store().operations()).sum();
    }

    void end(GrowthOutcome outcome) {
        double seconds = plan.schedule().window();
        for (Topic topic : Topic.values()) {
            outcome.messages.put(topic, (network.messages(topic) - messages.getOrDefault(topic, 0L)) / seconds);
        }
        double[] messagesPerSecond = new double[nodes.size()];
        double[] operationsPerSecond = new double[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            messagesPerSecond[i] = (nodes.get(i).messages() - messagesOf[i]) / seconds;
            operationsPerSecond[i] = (nodes.get(i).operations() - operationsOf[i]) / seconds;
        }
        outcome.busiestMessages = Arrays.stream(messagesPerSecond).max().orElse(0);
        outcome.busiestOwner = Arrays.stream(operationsPerSecond).max().orElse(0);
        outcome.meanOwner = Arrays.stream(operationsPerSecond).average().orElse(0);
        outcome.asked = (asked() - asked) / seconds;
        outcome.operationsPerSession = (operations() - operations) / (double) Math.max(1, asked() - asked);
        bandwidths(outcome, seconds);
    }

    private void bandwidths(GrowthOutcome outcome, double seconds) {
        List<Long> saturated = new ArrayList<>();
        long enough = plan.bandwidth() / plan.demand() + 1;
        for (int subject = 0; subject < plan.subjects(); subject++) {
            outcome.open += load.onlooker().openOf(subject);
            if (load.subjects().isSlow(subject)) {
                long moved = load.onlooker().movedBy(subject) - movedBefore[subject];
                outcome.fastest = Math.max(outcome.fastest, moved / (plan.bandwidth() * seconds));
                if (openBefore[subject] > 2 * enough && load.onlooker().openOf(subject) > 2 * enough) {
                    saturated.add(moved);
                }
            }
        }
        outcome.saturated = saturated.size();
        outcome.fairnessOfSubjects = Fairness.jain(saturated);
        List<Long> ofNodes = new ArrayList<>();
        long all = 0;
        for (int i = 0; i < probes.length; i++) {
            ofNodes.add(probes[i] - probesBefore[i]);
            all += probes[i] - probesBefore[i];
        }
        outcome.fairnessOfNodes = Fairness.jain(ofNodes);
        outcome.shared = probes.length == 0 ? 1 : all / (load.subjects().probed() * seconds);
    }

    /** What these have reserved in the records and not told to have moved. */
    static long stranded(SimulatedPart part, List<UUID> askers) {
        long octets = 0;
        for (TrafficUsage usage : part.allTraffic().values()) {
            for (UUID asker : askers) {
                TrafficUsage.Share share = usage.byNode().get(asker);
                octets += share == null ? 0 : share.granted() - share.spent();
            }
        }
        return octets;
    }

    static void atEnd(GrowthOutcome outcome, SimulatedLoad load, SimulatedPart part) {
        Onlooker onlooker = load.onlooker();
        outcome.began = onlooker.began();
        outcome.refused = onlooker.refusals();
        outcome.failed = onlooker.failures();
        outcome.cut = onlooker.cuts();
        outcome.sessionsOver = onlooker.sessionsOver();
        outcome.sessionsOverDisturbed = onlooker.sessionsOverDisturbed();
        outcome.mostOver = onlooker.mostOver();
        Map<String, TrafficUsage> records = part.allTraffic();
        GrowthPlan plan = load.plan();
        for (int subject = 0; subject < plan.subjects(); subject++) {
            if (load.subjects().isBudgeted(subject)) {
                long moved = onlooker.movedBy(subject);
                long over = Math.max(0, moved - plan.traffic());
                TrafficUsage usage =
                        records.get(SimulatedClients.traffic(load.subjects().counter(subject)));
                long unrecorded = Math.max(0, moved - (usage == null ? 0 : usage.charged()));
                if (onlooker.isForgotten(subject)) {
                    outcome.octetsOverForgotten += over;
                } else if (onlooker.isStale(subject)) {
                    outcome.octetsOverStale += over;
                } else {
                    outcome.octetsOver += over;
                    outcome.octetsUnrecorded += unrecorded;
                }
                if (over == 0 && moved > plan.traffic() * 0.99) {
                    outcome.usedUp++;
                }
            }
        }
    }
}
