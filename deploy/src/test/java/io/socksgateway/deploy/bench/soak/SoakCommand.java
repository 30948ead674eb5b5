package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.server.RunningServer;
import io.socksgateway.deploy.bench.server.SoakedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The soak's command line. */
@Command(
        name = "bench/soak",
        description = {
            "Lets mixed traffic through the packaged gateway for a long time, and looks for what grows meanwhile.",
            "Exit code 1 if something has grown, is left over, or went otherwise than is due."
        })
final class SoakCommand implements Callable<Integer> {

    @Option(names = "--minutes", defaultValue = "30", description = "Of traffic; default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--cpu",
            defaultValue = "70",
            paramLabel = "PERCENT",
            description =
                    "How busy gateway, clients and targets keep the processors together; default: ${DEFAULT-VALUE}.")
    private double cpu;

    @Option(
            names = "--every",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description = "Between two samples, each of which costs a full collection; default: ${DEFAULT-VALUE}.")
    private double every;

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

    public static void main(String[] args) {
        System.exit(new CommandLine(new SoakCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(output.resolve("soak"));
        RunningServer.prepare(new SoakedGateway(folder, ""));
        Soak.Result result = new Soak(new Soak.Plan(minutes, cpu, every, folder, ""), System.err).run();
        SoakReport report = new SoakReport(result);
        report.write(output.resolve("soak.csv"));
        System.out.print(report.text());
        return report.failures().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
