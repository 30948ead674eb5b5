package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.result.Figure;
import io.socksgateway.deploy.bench.result.Measurement;
import io.socksgateway.deploy.bench.server.RunningServer;
import io.socksgateway.deploy.bench.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What it costs until a server that is started answers its first client. */
final class StartMeasurement {

    private final Runner runner;
    private final Path folder;

    StartMeasurement(Runner runner, Path folder) {
        this.runner = runner;
        this.folder = folder;
    }

    Measurement run(ServerKind kind, String scenario, int repetition) throws IOException, InterruptedException {
        Meter before = Meter.read(null);
        try (RunningServer server = RunningServer.start(kind, folder, runner.target())) {
            Meter ready = Meter.read(server.tree());
            return new Measurement(
                    kind.name(),
                    scenario,
                    repetition,
                    Map.of(Figure.START_CPU, ready.server(), Figure.START_TIME, (ready.nanos() - before.nanos()) / 1e9),
                    Map.of(),
                    ready.othersSince(before));
        }
    }
}
