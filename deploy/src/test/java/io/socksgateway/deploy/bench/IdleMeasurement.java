package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.load.Fault;
import io.socksgateway.deploy.bench.load.Load;
import io.socksgateway.deploy.bench.load.Route;
import io.socksgateway.deploy.bench.result.Figure;
import io.socksgateway.deploy.bench.result.Measurement;
import io.socksgateway.deploy.bench.server.ProcessTree;
import io.socksgateway.deploy.bench.server.RunningServer;
import io.socksgateway.deploy.bench.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** What an idle tunnel holds: a server is started for it, then tunnels are opened and left alone. */
final class IdleMeasurement {

    /** Seconds after the last octet before memory is read, at most. */
    private static final double SETTLING = 1;

    /** Seconds of a few connections, so that what the first tunnel loads does not count as memory of tunnels. */
    private static final double FIRST_STEPS = 0.3;

    /** What clients and target hold beside their tunnels. */
    private static final int SPARE_DESCRIPTORS = 300;

    private static final double KIB = 1024;

    private final Runner runner;
    private final Path folder;
    private final int wanted;
    private final double settling;

    /**
     * @param wanted tunnels
     * @param seconds that are spent on waiting, at most
     */
    IdleMeasurement(Runner runner, Path folder, int wanted, double seconds) {
        this.runner = runner;
        this.folder = folder;
        this.wanted = wanted;
        this.settling = Math.min(SETTLING, seconds);
    }

    /** As many tunnels as were asked for, or as descriptors allow: this process holds both ends of each. */
    int tunnels() throws IOException {
        return Math.min(wanted, (int) Math.max(1, (descriptorLimit() - SPARE_DESCRIPTORS) / 2));
    }

    /** The limit of this process, which is that of the servers too. */
    static long descriptorLimit() throws IOException {
        return ProcessTree.descriptorLimit();
    }

    Measurement run(ServerKind kind, String scenario) throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(kind, folder, runner.target())) {
            Route route = server.route(runner.target());
            Load steps = runner.loads().connecting(route, 1);
            int ignored = steps.open();
            runner.loop().last(Math.min(FIRST_STEPS, settling));
            Map<Fault, Long> early = steps.finish();
            runner.loop().last(settling);
            return idle(server, route, scenario, early);
        }
    }

    private Measurement idle(RunningServer server, Route route, String scenario, Map<Fault, Long> early)
            throws IOException, InterruptedException {
        ProcessTree tree = server.tree();
        long emptyKib = tree.pssKib();
        int emptyDescriptors = tree.descriptors();
        try (Load load = runner.loads().idle(route, tunnels())) {
            double open = load.open();
            runner.loop().last(settling);
            Meter before = Meter.read(tree);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.put(Figure.TUNNELS, open);
            figures.put(Figure.EMPTY, emptyKib / KIB);
            figures.put(Figure.MEMORY, (tree.pssKib() - emptyKib) / open);
            figures.put(Figure.DESCRIPTORS, Math.round((tree.descriptors() - emptyDescriptors) / open * 100) / 100.0);
            runner.loop().last(settling);
            double others = Meter.read(tree).othersSince(before);
            Map<Fault, Long> faults = new EnumMap<>(Fault.class);
            faults.putAll(early);
            load.finish().forEach((fault, times) -> faults.merge(fault, times, Long::sum));
            return new Measurement(server.kind().name(), scenario, 0, figures, faults, others);
        }
    }
}
