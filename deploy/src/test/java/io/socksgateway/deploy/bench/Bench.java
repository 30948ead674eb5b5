package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.result.Measurement;
import io.socksgateway.deploy.bench.result.Results;
import io.socksgateway.deploy.bench.server.RunningServer;
import io.socksgateway.deploy.bench.server.ServerKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures servers side by side: one scenario after the other, in each the servers in turn, and all of it again in each
 * repetition, so that what disturbs the machine for a while disturbs all of them.
 */
final class Bench {

    private final Plan plan;
    private final PrintStream log;
    private final List<Measurement> measurements = new ArrayList<>();

    /**
     * @param log where it says what it is doing
     */
    Bench(Plan plan, PrintStream log) {
        this.plan = plan;
        this.log = log;
    }

    Results run() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(plan.output().resolve("servers"));
        List<RunningServer> servers = new ArrayList<>();
        for (ServerKind kind : plan.servers()) {
            RunningServer.prepare(kind);
        }
        try (Runner runner = new Runner(plan.patience())) {
            idle(runner, folder);
            firstStart(runner, folder);
            try {
                for (ServerKind kind : plan.servers()) {
                    if (plan.traffic().stream().anyMatch(scenario -> scenario.suits(kind))) {
                        servers.add(RunningServer.start(kind, folder, runner.target()));
                    }
                }
                warmUp(runner, servers);
                for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
                    starts(runner, folder, repetition);
                    traffic(runner, servers, repetition);
                }
            } finally {
                for (RunningServer server : servers) {
                    server.close();
                }
            }
        }
        return new Results(measurements);
    }

    private void idle(Runner runner, Path folder) throws IOException, InterruptedException {
        IdleMeasurement idle = new IdleMeasurement(runner, folder, plan.idleTunnels(), plan.seconds());
        for (Scenario scenario : plan.scenarios()) {
            if (scenario instanceof Scenario.IdleTunnels) {
                if (idle.tunnels() < plan.idleTunnels()) {
                    log.printf(
                            "%d tunnels instead of %d: this process may have %d descriptors and needs two for each%n",
                            idle.tunnels(), plan.idleTunnels(), IdleMeasurement.descriptorLimit());
                }
                for (ServerKind kind : plan.servers()) {
                    if (scenario.suits(kind)) {
                        add(idle.run(kind, scenario.id()));
                    }
                }
            }
        }
    }

    /** One that is not measured: what is read at the first start is in memory for the next ones. */
    private void firstStart(Runner runner, Path folder) throws IOException, InterruptedException {
        for (Scenario scenario : plan.scenarios()) {
            for (ServerKind kind : plan.servers()) {
                if (scenario instanceof Scenario.ProcessStart && scenario.suits(kind) && plan.warmUp() > 0) {
                    Measurement ignored = new StartMeasurement(runner, folder).run(kind, scenario.id(), 0);
                }
            }
        }
    }

    private void starts(Runner runner, Path folder, int repetition) throws IOException, InterruptedException {
        for (Scenario scenario : plan.scenarios()) {
            for (ServerKind kind : plan.servers()) {
                if (scenario instanceof Scenario.ProcessStart && scenario.suits(kind)) {
                    add(new StartMeasurement(runner, folder).run(kind, scenario.id(), repetition));
                }
            }
        }
    }

    /** The load generator's own code first, then the servers that compile theirs as they go. */
    private void warmUp(Runner runner, List<RunningServer> servers) throws IOException, InterruptedException {
        if (plan.warmUp() <= 0) {
            return;
        }
        log.println("warming up");
        for (Scenario.Traffic scenario : plan.traffic()) {
            if (scenario.needs() != Scenario.Needs.LOGIN) {
                Measurement ignored = runner.measureDirect(scenario, 0, plan.warmUp() / 2);
            }
            for (RunningServer server : servers) {
                if (server.kind().warmsUp() && scenario.suits(server.kind())) {
                    Measurement ignored = runner.measure(
                            server, scenario, 0, plan.warmUp() * scenario.unit().patience());
                }
            }
        }
    }

    private void traffic(Runner runner, List<RunningServer> servers, int repetition)
            throws IOException, InterruptedException {
        for (Scenario.Traffic scenario : plan.traffic()) {
            if (scenario.needs() != Scenario.Needs.LOGIN) {
                add(runner.measureDirect(scenario, repetition, plan.seconds()));
            }
            for (RunningServer server : servers) {
                if (scenario.suits(server.kind())) {
                    add(runner.measure(server, scenario, repetition, plan.seconds()));
                }
            }
        }
    }

    private void add(Measurement measurement) {
        measurements.add(measurement);
        log.printf(
                "%d %-10s %-15s %s%s, others %.2f cores%n",
                measurement.repetition() + 1,
                measurement.scenario(),
                measurement.server(),
                Shown.figures(measurement.figures()),
                measurement.faults().isEmpty() ? "" : " " + measurement.faults(),
                measurement.others());
    }
}
