package io.socksgateway.cluster;

import io.socksgateway.core.config.PartitionPolicy;
import io.socksgateway.core.quota.SessionLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the simulation. */
@Command(
        name = "bench/simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates clusters with the arithmetic of quotas that the gateway runs: load, a lost node, a frozen one,",
            "a split. The same options give the same figures. 1,000 nodes with 1,000,000 subjects take some minutes."
        })
final class GrowthCommand implements Callable<Integer> {

    @Option(names = "--nodes", split = ",", defaultValue = "3,10,30,100,300,1000", description = DEFAULT)
    private List<Integer> nodes = List.of();

    @Option(names = "--subjects", description = "In all; default: 1000 for each node.")
    private @Nullable Integer subjects;

    @Option(names = "--seed", defaultValue = "1", description = DEFAULT)
    private long seed;

    @Option(names = "--policy", defaultValue = "deny", description = "onPartition; " + DEFAULT)
    private PartitionPolicy policy = PartitionPolicy.DENY;

    @Option(names = "--minimum-members", description = "Default: more than half of the nodes.")
    private @Nullable Integer minimumMembers;

    @Option(
            names = "--latency",
            defaultValue = "250",
            description = "Microseconds, one way, at least; as much again on average by chance; " + DEFAULT)
    private long latency;

    @Option(names = "--arrivals", defaultValue = "2", description = "Sessions a second and node; " + DEFAULT)
    private double arrivals;

    @Option(names = "--duration", defaultValue = "30", description = "Seconds of a session, on average; " + DEFAULT)
    private double duration;

    @Option(names = "--skew", defaultValue = "1", description = "Of the subjects' popularity (Zipf); " + DEFAULT)
    private double skew;

    @Option(names = "--sessions", defaultValue = "50", description = "Limit of each subject; " + DEFAULT)
    private int sessions;

    @Option(names = "--sessions-per-second", defaultValue = "10", description = "Limit of each subject; " + DEFAULT)
    private int perSecond;

    @Option(
            names = "--metered",
            defaultValue = "0.02",
            description = "Part of the subjects with a limit on bandwidth (2 MB/s) or traffic (50 MB), whose sessions"
                    + " want 1 MB/s each; " + DEFAULT)
    private double metered;

    @Option(
            names = "--shared-by",
            defaultValue = "100",
            description = "Nodes that share one bandwidth all the time; " + DEFAULT)
    private int probes;

    @Option(names = "--kill", defaultValue = "1", description = "Nodes lost at once; " + DEFAULT)
    private int killed;

    @Option(names = "--split", defaultValue = "0.2", description = "Part of the nodes that is cut off; " + DEFAULT)
    private double splitOff;

    @Option(names = "--output", defaultValue = "target/bench", description = "Folder; " + DEFAULT)
    private Path output = Path.of(".");

    private static final String DEFAULT = "default: ${DEFAULT-VALUE}";

    public static void main(String[] args) {
        System.exit(new CommandLine(new GrowthCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        List<GrowthOutcome> outcomes = new ArrayList<>();
        for (int count : nodes) {
            long begun = System.nanoTime();
            GrowthOutcome outcome = new GrowthSimulation(plan(count)).run();
            outcomes.add(outcome);
            System.err.printf(
                    "%d nodes: %d events, %d sessions, %d refused, %d without an answer; %.0f s%n",
                    count,
                    outcome.events,
                    outcome.began,
                    outcome.refused,
                    outcome.failed,
                    (System.nanoTime() - begun) / 1e9);
        }
        Files.createDirectories(output);
        Files.writeString(output.resolve("growth.csv"), GrowthReport.csv(outcomes));
        new GrowthChart(outcomes).write(output.resolve("growth.png"));
        System.out.print(GrowthReport.markdown(outcomes));
        return CommandLine.ExitCode.OK;
    }

    private GrowthPlan plan(int count) {
        return new GrowthPlan(
                count,
                subjects == null ? 1_000 * count : subjects,
                seed,
                policy,
                minimumMembers == null ? count / 2 + 1 : minimumMembers,
                latency,
                arrivals,
                duration,
                skew,
                new SessionLimit(sessions, perSecond),
                metered,
                1_000_000,
                2_000_000,
                50_000_000,
                Math.min(count, probes),
                killed,
                splitOff,
                GrowthPlan.Schedule.USUAL);
    }
}
