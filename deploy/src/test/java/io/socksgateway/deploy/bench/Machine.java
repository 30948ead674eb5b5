package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.server.PackagedGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Where and when something was measured.
 *
 * <p>Immutable.
 */
record Machine(String date, String processors, long memoryGib, String kernel, String java) {

    private static final long KIB_PER_GIB = 1 << 20;

    static Machine here() throws IOException {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Runtime.getRuntime().availableProcessors() + " × " + value(Path.of("/proc/cpuinfo"), "model name"),
                Math.round(Long.parseLong(
                                value(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""))
                        / (double) KIB_PER_GIB),
                "Linux " + System.getProperty("os.version"),
                "Java " + Runtime.version());
    }

    private static String value(Path file, String key) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("0");
        }
    }

    /** The first line that a command prints, or nothing if it prints none. */
    static String firstLine(List<String> command) {
        if (command.isEmpty()) {
            return "";
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // Meant for the gateway that is measured: a recording of this one would take its place.
            builder.environment().remove(PackagedGateway.OPTIONS);
            Process asked = builder.start();
            String all = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return all.lines().findFirst().orElse("").strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "%s · %s · %d GiB · %s · %s · loopback".formatted(date, processors, memoryGib, kernel, java);
    }
}
