package io.socksgateway.deploy.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socksgateway.deploy.bench.server.Executables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that checks a package, where it is installed. */
final class Tool {

    private final String path;

    private Tool(String path) {
        this.path = path;
    }

    /** Skips the test with a message if there is none. */
    static Tool required(String name) {
        Optional<Path> path = Executables.find(name);
        assumeTrue(path.isPresent(), name + " is not installed");
        return new Tool(path.orElseThrow().toString());
    }

    /** Runs it and returns all that it says; fails unless it ends with 0. */
    String passes(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("tool", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            String output = Files.readString(said, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            Files.delete(said);
        }
    }
}
