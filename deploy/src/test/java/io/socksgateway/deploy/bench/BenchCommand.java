package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.result.Results;
import io.socksgateway.deploy.bench.server.ServerKind;
import io.socksgateway.deploy.bench.server.ServerKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmark's command line. */
@Command(
        name = "bench/run",
        description = {
            "Measures the packaged gateway side by side with the servers that are installed.",
            "On a busy machine run it under: nice -n -15"
        })
final class BenchCommand implements Callable<Integer> {

    private static final String ALL = "all";

    /** The scenarios that show what quotas cost. */
    private static final String QUOTAS = "quotas";

    @Option(
            names = "--scenarios",
            split = ",",
            defaultValue = ALL,
            paramLabel = "ID",
            description = "What to measure: idle, start, down-1, down-8, up-1, up-8, echo-1, echo-64, connect-64,"
                    + " login-64, quotas-connect-64, quotas-down-8, quotas-up-8, udp-512, udp-64; quotas for those three;"
                    + " default: all.")
    private List<String> scenarios;

    @Option(
            names = "--peers",
            split = ",",
            defaultValue = ALL,
            paramLabel = "NAME",
            description = "What to compare with: haproxy-splice, haproxy-copy, microsocks, dante, v2ray, 3proxy;"
                    + " none; default: all that are installed.")
    private List<String> peers;

    @Option(
            names = "--paths",
            split = ",",
            defaultValue = "auto,netty",
            paramLabel = "PATH",
            description = "How the gateway moves bytes: auto, splice, copy, netty; all but auto in bulk scenarios only;"
                    + " default: ${DEFAULT-VALUE}.")
    private List<String> paths;

    @Option(names = "--seconds", defaultValue = "3", description = "Of one run; default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--reps", defaultValue = "3", description = "Repetitions; default: ${DEFAULT-VALUE}.")
    private int repetitions;

    @Option(
            names = "--warm-up",
            defaultValue = "4",
            description = "Seconds of each scenario before anything is measured, five times as many of new connections;"
                    + " default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(names = "--idle", defaultValue = "5000", description = "Idle tunnels; default: ${DEFAULT-VALUE}.")
    private int idleTunnels;

    @Option(
            names = "--output",
            defaultValue = "target/bench",
            description = "Folder for the results; default: ${DEFAULT-VALUE}.")
    private Path output;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    @SuppressWarnings("UnusedVariable") // picocli wants it
    private boolean help;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<ServerKind> servers = servers();
        if (servers.stream().noneMatch(ServerKind::warmsUp)) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Plan plan =
                new Plan(scenarios(), servers, seconds, repetitions, warmUp, idleTunnels, Plan.USUAL_PATIENCE, output);
        Results results = new Bench(plan, System.err).run();
        System.out.print(new Report(plan, Goals.all(), results).write());
        return CommandLine.ExitCode.OK;
    }

    private List<Scenario> scenarios() {
        List<String> names = scenarios.stream()
                .flatMap(name -> name.equals(QUOTAS)
                        ? Scenarios.all().stream().map(Scenario::id).filter(id -> id.startsWith(QUOTAS + "-"))
                        : Stream.of(name))
                .toList();
        return chosen(Scenarios.all(), Scenario::id, names);
    }

    /** The gateway, and the peers that are wanted, as far as they are there. */
    private List<ServerKind> servers() {
        List<ServerKind> wanted = new ArrayList<>();
        paths.forEach(path -> wanted.add(ServerKinds.gateway(path)));
        wanted.addAll(ServerKinds.quotas());
        wanted.addAll(chosen(ServerKinds.peers(), ServerKind::name, peers));
        List<ServerKind> found = new ArrayList<>();
        for (ServerKind kind : wanted) {
            kind.missing().ifPresentOrElse(why -> System.err.println(kind.name() + ": " + why), () -> found.add(kind));
        }
        return found;
    }

    private <T> List<T> chosen(List<T> all, Function<T, String> name, List<String> names) {
        if (names.equals(List.of(ALL))) {
            return all;
        }
        if (names.equals(List.of("none"))) {
            return List.of();
        }
        List<String> known = all.stream().map(name).toList();
        for (String one : names) {
            if (!known.contains(one)) {
                throw new ParameterException(spec.commandLine(), one + " (expected: " + known + ")");
            }
        }
        return all.stream().filter(one -> names.contains(name.apply(one))).toList();
    }
}
