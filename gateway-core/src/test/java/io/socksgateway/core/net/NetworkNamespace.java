package io.socksgateway.core.net;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network of its own on this machine, for root on Linux; elsewhere tests that need it are skipped. */
final class NetworkNamespace implements AutoCloseable {

    private static final int SECONDS = 60;

    private final String name;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    static NetworkNamespace create(String suffix) throws Exception {
        String name = "gw-test-" + ProcessHandle.current().pid() + "-" + suffix;
        Result made;
        try {
            made = run(List.of("ip", "netns", "add", name));
        } catch (IOException noSuchCommand) {
            made = new Result(127, List.of(noSuchCommand.getMessage()));
        }
        assumeTrue(made.exitCode == 0, "network namespaces need Linux, root and the ip command: " + made.lines);
        NetworkNamespace namespace = new NetworkNamespace(name);
        namespace.ip("link set lo up");
        return namespace;
    }

    private record Result(int exitCode, List<String> lines) {}

    String name() {
        return name;
    }

    /** Runs {@code ip} here. */
    void ip(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments.split(" ", -1)));
        check(command);
    }

    /** Sets a key of {@code /proc/sys} here. */
    void sysctl(String path, String value) throws Exception {
        check(List.of("ip", "netns", "exec", name, "sh", "-c", "echo '" + value + "' > /proc/sys/" + path));
    }

    /** Runs the main class of a test here and returns the lines that it prints. */
    List<String> java(Class<?> main, String... arguments) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return check(command);
    }

    private static List<String> check(List<String> command) throws Exception {
        Result result = run(command);
        if (result.exitCode != 0) {
            throw new AssertionError(command + " → " + result);
        }
        return result.lines;
    }

    private static Result run(List<String> command) throws Exception {
        Path output = Files.createTempFile("namespace", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " still runs");
            }
            return new Result(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws Exception {
        check(List.of("ip", "netns", "del", name));
    }
}
