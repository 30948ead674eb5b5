package io.socksgateway.deploy.bench.crowd;

import io.socksgateway.deploy.bench.server.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The crowd's command line. */
@Command(
        name = "bench/crowd",
        description = {
            "Holds many silent tunnels through the packaged gateway while new connections are served.",
            "Exit code 1 if a tunnel or a new connection was lost."
        })
final class CrowdCommand implements Callable<Integer> {

    @Option(
            names = "--tunnels",
            defaultValue = "15000",
            description = "To hold, as far as descriptors allow; default: ${DEFAULT-VALUE}.")
    private int tunnels;

    @Option(names = "--seconds", defaultValue = "10", description = "Of each part; default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--output",
            defaultValue = "target/bench",
            description = "Folder for configuration and log of the gateway; default: ${DEFAULT-VALUE}.")
    private Path output;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    @SuppressWarnings("UnusedVariable") // picocli wants it
    private boolean help;

    public static void main(String[] args) {
        System.exit(new CommandLine(new CrowdCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int possible = Places.tunnels(ProcessTree.descriptorLimit());
        int wanted = Math.min(tunnels, possible);
        if (wanted < tunnels) {
            System.err.printf(
                    "%d tunnels instead of %d: clients, targets and gateway may have %d descriptors each%n",
                    wanted, tunnels, ProcessTree.descriptorLimit());
        }
        Path folder = Files.createDirectories(output.resolve("crowd"));
        CrowdRun.Result result = new CrowdRun(new CrowdRun.Plan(wanted, seconds, folder, "")).run();
        System.out.print(text(result));
        return result.faults().isEmpty() && result.answering() == wanted
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private static String text(CrowdRun.Result result) {
        return String.format(
                        Locale.ROOT,
                        "| tunnels held | KiB/tunnel | descriptors/tunnel | CPU when silent | carried an octet at the end |%n"
                                + "|--:|--:|--:|--:|--:|%n| %d | %.2f | %.2f | %.2f %% | %d |%n%n",
                        result.held(),
                        result.kibPerTunnel(),
                        result.descriptorsPerTunnel(),
                        result.idleCpu(),
                        result.answering())
                + "| new connections | number | p50 µs | p99 µs | CPU µs each |\n|---|--:|--:|--:|--:|\n"
                + line("alone", result.alone())
                + line("while the tunnels are held", result.among())
                + "\nFaults: " + result.faults() + "\n";
    }

    private static String line(String what, CrowdRun.Newcomers newcomers) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f |%n",
                what,
                newcomers.count(),
                newcomers.p50(),
                newcomers.p99(),
                newcomers.cpu());
    }
}
