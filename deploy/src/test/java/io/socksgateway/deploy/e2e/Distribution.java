package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The packaged distribution: starts its start script, and sees to it that no process outlives the tests. */
final class Distribution {

    private static final Path SCRIPT = Path.of("target", "dist", "socks-gateway", "bin", "socks-gateway");

    /** Every leaked buffer is reported. One compiler instead of two makes the many starts quicker. */
    private static final String OPTIONS = "-Dio.netty.leakDetection.level=paranoid -Xmx512m -XX:TieredStopAtLevel=1";

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-processes"));
    }

    /** How a command ended. */
    record Outcome(int exitCode, String out, String err) {}

    private Distribution() {}

    /** The class archive, as good as always in use, made before the first test: nothing is left to run after the last one. */
    private static final class Archive {
        static {
            try {
                Process making = start(Map.of(), "archive");
                // of the lowest priority: on a busy machine that takes its time
                assertThat(making.waitFor(5, TimeUnit.MINUTES)).isTrue();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        static void await() {}
    }

    static Process start(String... arguments) throws IOException {
        Archive.await();
        return start(Map.of(), List.of(), arguments);
    }

    /** Starts it with further options of the JVM. */
    static Process startWithOptions(String options, String... arguments) throws IOException {
        Archive.await();
        return start(Map.of("SOCKS_GATEWAY_OPTS", OPTIONS + " " + options), List.of(), arguments);
    }

    /** Starts it in a process that may open only so many descriptors. */
    static Process startWithDescriptors(int limit, String... arguments) throws IOException {
        Archive.await();
        return start(Map.of(), List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$0\" \"$@\""), arguments);
    }

    /**
     * Starts it by way of another command.
     *
     * @param through the command, whose last argument is the program to run
     */
    static Process startThrough(List<String> through, String... arguments) throws IOException {
        Archive.await();
        return start(Map.of(), through, arguments);
    }

    /**
     * Starts it apart from the class archive that the tests share.
     *
     * @param environment what is not as for all tests
     */
    static Process start(Map<String, String> environment, String... arguments) throws IOException {
        return start(environment, List.of(), arguments);
    }

    private static Process start(Map<String, String> environment, List<String> through, String... arguments)
            throws IOException {
        assertThat(SCRIPT).as("made by the package phase").isExecutable();
        List<String> command = new ArrayList<>(through);
        command.add(SCRIPT.toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SOCKS_GATEWAY_OPTS", OPTIONS);
        builder.environment().putAll(environment);
        Process process = builder.start();
        RUNNING.add(process);
        process.onExit().thenAccept(RUNNING::remove);
        return process;
    }

    /** Runs a command to its end. */
    static Outcome run(String input, String... arguments) throws IOException, InterruptedException {
        return end(start(arguments), input);
    }

    /** Gives a command its input and waits for its end. */
    static Outcome end(Process process, String input) throws IOException, InterruptedException {
        try {
            Lines out = new Lines(process.getInputStream(), () -> "");
            Lines err = new Lines(process.getErrorStream(), () -> "");
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // it ended without reading
            }
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("ends by itself")
                    .isTrue();
            return new Outcome(process.exitValue(), out.whole(), err.whole());
        } finally {
            process.destroyForcibly();
        }
    }
}
