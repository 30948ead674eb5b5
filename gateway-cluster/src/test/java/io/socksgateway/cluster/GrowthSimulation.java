package io.socksgateway.cluster;

import io.socksgateway.cluster.growth.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets a cluster live through what a {@link GrowthPlan} says, and measures it. What nodes ask, decide and count is done by the
 * classes of production; time, network and clients are simulated.
 */
final class GrowthSimulation {

    private static final long SECOND = TimeUnit.SECONDS.toMicros(1);

    /** So often it is looked whether everything is right again. */
    private static final long GLANCE = SECOND / 2;

    private final GrowthPlan plan;
    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final SimulatedLoad load;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedClients> clients = new ArrayList<>();
    private final long[] probes;
    private final SimulatedPart main;

    GrowthSimulation(GrowthPlan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
        this.network = new SimulatedNetwork(time, random.split(), plan.latencyMicros());
        this.load = new SimulatedLoad(plan);
        this.probes = new long[plan.probes()];
        for (int i = 0; i < plan.nodes(); i++) {
            nodes.add(new SimulatedNode(i, time));
        }
        main = SimulatedPart.of(nodes);
        nodes.forEach(this::start);
        for (int i = 0; i < probes.length; i++) {
            int probe = i;
            clients.get(i).probe(octets -> probes[probe] += octets);
        }
    }

    private void start(SimulatedNode node) {
        node.see(main);
        Sight sight = new Sight(plan.minimumMembers(), plan.nodes(), plan.policy());
        SimulatedStore store = new SimulatedStore(node, network, time, sight, random.nextLong(SECOND * 60));
        clients.add(new SimulatedClients(node, store, load, random.split()));
    }

    GrowthOutcome run() {
        GrowthPlan.Schedule schedule = plan.schedule();
        GrowthOutcome outcome = new GrowthOutcome(plan);
        until(schedule.measured());
        GrowthMeasurement steady = new GrowthMeasurement(plan, load, network, nodes, clients, probes);
        until(schedule.measured() + schedule.window());
        steady.end(outcome);

        until(schedule.killed());
        outcome.strandedOctets = kill(some(plan.killed()));
        outcome.recoveryFromDeath = recovery(schedule.killed(), schedule.frozen() - 4);
        for (int i = 0; i < plan.killed(); i++) {
            join();
        }
        until(schedule.frozen());
        freeze(some(1).get(0));
        until(schedule.thawed());
        outcome.recoveryFromFreeze = recovery(schedule.thawed(), schedule.split());
        split(some(plan.splitOffNodes()));
        until(schedule.healed());
        outcome.recoveryFromSplit = recovery(schedule.healed(), schedule.end());
        load.end();
        until(schedule.end() + 5);
        outcome.wrongAtEnd = wrong();
        GrowthMeasurement.atEnd(outcome, load, main);
        outcome.events = time.planned();
        return outcome;
    }

    private void until(int second) {
        time.runUntil(second * SECOND);
    }

    private List<SimulatedNode> living() {
        return nodes.stream().filter(node -> !node.isDead()).collect(Collectors.toCollection(ArrayList::new));
    }

    private List<SimulatedNode> some(int count) {
        List<SimulatedNode> left = living();
        List<SimulatedNode> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(left.remove(random.nextInt(left.size())));
        }
        return chosen;
    }

    /** From the silence of a node until the others have dropped it. */
    private long unnoticed() {
        return TimeUnit.SECONDS.toMicros(HazelcastSettings.SILENCE)
                + random.nextLong(TimeUnit.SECONDS.toMicros(HazelcastSettings.HEARTBEAT));
    }

    /** From the moment that two parts of a cluster reach each other again until they are one. */
    private long apart() {
        return random.nextLong(TimeUnit.SECONDS.toMicros(HazelcastSettings.MERGE));
    }

    /** Without a word, as when a machine loses its power; what they had reserved and not moved. */
    private long kill(List<SimulatedNode> victims) {
        for (SimulatedNode victim : victims) {
            clients.get(victim.index()).die();
            victim.kill();
        }
        time.after(unnoticed(), () -> drop(victims, null));
        return GrowthMeasurement.stranded(
                main,
                victims.stream()
                        .map(victim -> clients.get(victim.index()).store().asker())
                        .toList());
    }

    private void join() {
        SimulatedNode node = new SimulatedNode(nodes.size(), time);
        nodes.add(node);
        main.join(node);
        start(node);
        network.changed();
    }

    private void freeze(SimulatedNode node) {
        GrowthPlan.Schedule schedule = plan.schedule();
        load.onlooker().disturbed(true);
        node.freeze();
        SimulatedPart own = main.copyOf(List.of(node));
        time.after(unnoticed(), () -> drop(List.of(node), own));
        time.after((schedule.thawed() - schedule.frozen()) * SECOND, () -> {
            node.thaw();
            network.changed();
            time.after(apart(), () -> merge(own));
        });
    }

    private void split(List<SimulatedNode> away) {
        GrowthPlan.Schedule schedule = plan.schedule();
        load.onlooker().disturbed(true);
        away.forEach(node -> node.side(1));
        SimulatedPart other = main.copyOf(away);
        time.after(unnoticed(), () -> drop(away, other));
        time.after((schedule.healed() - schedule.split()) * SECOND, () -> {
            away.forEach(node -> node.side(0));
            network.changed();
            time.after(apart(), () -> merge(other));
        });
    }

    /** Both sides notice. */
    private void drop(List<SimulatedNode> gone, @Nullable SimulatedPart theirs) {
        List<SimulatedNode> before = List.copyOf(main.members());
        SimulatedPart.Loss loss = main.drop(gone, theirs);
        for (int subject = 0; subject < plan.subjects() && !loss.isNone(); subject++) {
            if (load.subjects().isBudgeted(subject)) {
                String counter = SimulatedClients.traffic(load.subjects().counter(subject));
                load.onlooker().lost(subject, loss, SimulatedPart.partition(counter));
            }
        }
        if (!loss.isNone()) {
            load.onlooker().disturbed(true);
        }
        main.members()
                .forEach(node ->
                        gone.forEach(left -> clients.get(node.index()).store().memberLeft(left.member())));
        if (theirs != null) {
            gone.forEach(node -> {
                node.see(theirs);
                before.stream()
                        .filter(other -> !gone.contains(other))
                        .forEach(left -> node.execute(
                                () -> clients.get(node.index()).store().memberLeft(left.member())));
            });
        }
        network.changed();
    }

    private void merge(SimulatedPart smaller) {
        List<SimulatedNode> returning = List.copyOf(smaller.members());
        main.merge(smaller);
        returning.forEach(node -> node.rejoin(main));
        returning.forEach(node -> clients.get(node.index()).store().merged());
        network.changed();
    }

    private int wrong() {
        List<SimulatedStore> stores =
                living().stream().map(node -> clients.get(node.index()).store()).toList();
        return load.onlooker().wrong(main.allSessions(), stores);
    }

    /** Seconds after something has happened until all records are right for good. */
    private double recovery(int since, int until) {
        double right = since;
        while (time.micros() < until * SECOND) {
            time.runUntil(time.micros() + GLANCE);
            if (wrong() > 0) {
                right = time.micros() / (double) SECOND;
            } else if (main.members().size() == living().size()) {
                load.onlooker().disturbed(false);
            }
        }
        return right - since;
    }
}
