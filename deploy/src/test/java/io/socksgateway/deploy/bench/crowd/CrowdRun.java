package io.socksgateway.deploy.bench.crowd;

import io.socksgateway.deploy.bench.load.Crowd;
import io.socksgateway.deploy.bench.load.Fault;
import io.socksgateway.deploy.bench.load.Load;
import io.socksgateway.deploy.bench.load.LoadLoop;
import io.socksgateway.deploy.bench.load.Loads;
import io.socksgateway.deploy.bench.load.Progress;
import io.socksgateway.deploy.bench.load.Route;
import io.socksgateway.deploy.bench.load.Target;
import io.socksgateway.deploy.bench.server.PackagedGateway;
import io.socksgateway.deploy.bench.server.ProcessTree;
import io.socksgateway.deploy.bench.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Holds many silent tunnels through the packaged gateway while new connections are served. */
final class CrowdRun {

    private static final int NEWCOMERS = 4;
    private static final double SECONDS_TO_OPEN = 120;
    private static final double SECONDS_TO_ANSWER = 60;

    /** Seconds in which no newcomer was served that are waited for more. */
    private static final double MOST_MORE = 30;

    private final Plan plan;

    /**
     * What is wanted.
     *
     * @param tunnels to hold
     * @param seconds of each part of it
     * @param options more options for the gateway's JVM
     */
    record Plan(int tunnels, double seconds, Path folder, String options) {}

    /**
     * New connections, each of which carries an octet there and back.
     *
     * @param count of them
     * @param p50 median of the microseconds from the beginning until the octet is back
     * @param p99 what 99 of a hundred have not exceeded
     * @param cpu microseconds of the gateway for each
     */
    record Newcomers(long count, double p50, double p99, double cpu) {}

    /**
     * What came of it.
     *
     * @param held tunnels that were open
     * @param answering those that still carried an octet there and back at the end
     * @param kibPerTunnel memory of the gateway: its proportional set size
     * @param idleCpu of the gateway when all is silent, in percent of one processor
     * @param alone newcomers before there was a crowd
     * @param among newcomers while it was there
     */
    record Result(
            int held,
            int answering,
            double kibPerTunnel,
            double descriptorsPerTunnel,
            double idleCpu,
            Newcomers alone,
            Newcomers among,
            Map<Fault, Long> faults) {}

    CrowdRun(Plan plan) {
        this.plan = plan;
    }

    Result run() throws IOException, InterruptedException {
        PackagedGateway kind = new PackagedGateway("crowded", "", plan.options());
        RunningServer.prepare(kind);
        try (LoadLoop loop = new LoadLoop("clients");
                Target target = Target.start();
                RunningServer server = RunningServer.start(kind, plan.folder(), target)) {
            return run(loop, target, server);
        }
    }

    private Result run(LoadLoop loop, Target target, RunningServer server) throws IOException, InterruptedException {
        Route route = server.route(target);
        ProcessTree tree = server.tree();
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        Loads loads = new Loads(loop, target);
        Newcomers unused = newcomers(loads, loop, tree, route, faults); // what is slow at first only
        Newcomers alone = newcomers(loads, loop, tree, route, faults);
        loop.last(plan.seconds() / 2);
        long pss = tree.pssKib();
        int descriptors = tree.descriptors();
        try (Crowd crowd = new Crowd(loop, route)) {
            int held = crowd.open(plan.tunnels(), SECONDS_TO_OPEN);
            loop.last(plan.seconds() / 2);
            double kib = (double) (tree.pssKib() - pss) / held;
            double descriptorsPerTunnel = (double) (tree.descriptors() - descriptors) / held;
            double cpu = tree.cpuSeconds();
            long from = System.nanoTime();
            loop.last(plan.seconds());
            double idle = (tree.cpuSeconds() - cpu) / ((System.nanoTime() - from) / 1e9) * 100;
            Newcomers among = newcomers(loads, loop, tree, route, faults);
            int answering = crowd.answering(SECONDS_TO_ANSWER);
            crowd.faults().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
            return new Result(held, answering, kib, descriptorsPerTunnel, idle, alone, among, faults);
        }
    }

    private Newcomers newcomers(Loads loads, LoadLoop loop, ProcessTree tree, Route route, Map<Fault, Long> faults)
            throws InterruptedException {
        try (Load load = loads.connecting(route, NEWCOMERS)) {
            int unused = load.open();
            load.forgetLatencies();
            Progress from = load.progress();
            double cpu = tree.cpuSeconds();
            loop.last(plan.seconds());
            Progress to = load.progress();
            for (double more = 0; to.operations() == from.operations() && more < MOST_MORE; more += plan.seconds()) {
                loop.last(plan.seconds()); // a machine that was held up all the time tells nothing
                to = load.progress();
            }
            long count = to.operations() - from.operations();
            double each = (tree.cpuSeconds() - cpu) * 1e6 / Math.max(1, count);
            Newcomers newcomers = new Newcomers(count, load.quantile(0.5) / 1e3, load.quantile(0.99) / 1e3, each);
            load.finish().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
            return newcomers;
        }
    }
}
