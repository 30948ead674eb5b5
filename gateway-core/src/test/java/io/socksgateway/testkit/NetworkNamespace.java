package io.socksgateway.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own on this machine, for root on Linux; elsewhere tests that need it are skipped. It has no name: it
 * is that of a process which waits for the end of its input, and so is gone with this JVM, however that ends.
 */
public final class NetworkNamespace implements AutoCloseable {

    private static final int SECONDS = 60;
    private static final String HOLD = "nsenter --version > /dev/null && ip link set lo up && echo held && exec cat";

    private final Process holder;

    private NetworkNamespace(Process holder) {
        this.holder = holder;
    }

    public static NetworkNamespace create() {
        String answer;
        try {
            Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", HOLD)
                    .redirectErrorStream(true)
                    .start();
            answer = Objects.requireNonNullElse(
                    holder.inputReader(StandardCharsets.UTF_8).readLine(), "no answer");
            if (answer.equals("held")) {
                return new NetworkNamespace(holder);
            }
            holder.destroy();
        } catch (IOException noSuchCommand) {
            answer = noSuchCommand.toString();
        }
        assumeTrue(false, "a network namespace needs Linux, root, ip, unshare and nsenter: " + answer);
        throw new AssertionError(answer);
    }

    /** What {@code ip} knows it by. */
    public String id() {
        return Long.toString(holder.pid());
    }

    /** What a command begins with that is to run here. */
    public List<String> entering() {
        return List.of("nsenter", "--target", id(), "--net");
    }

    /** Runs {@code ip} here. */
    public void ip(String arguments) throws IOException {
        run("ip", arguments.split(" ", -1));
    }

    /** Waits until a link carries packets, which is some time after it was set up at both ends. */
    public void awaitUp(String link) throws Exception {
        Eventually.isTrue(link + " is up", () -> String.join("", run("ip", "-o", "link", "show", link))
                .contains(" state UP "));
    }

    /** Sets a key of {@code /proc/sys} here. */
    public void sysctl(String path, String value) throws IOException {
        run("sh", "-c", "echo '" + value + "' > /proc/sys/" + path);
    }

    /** Runs the main class of a test here and returns the lines that it prints. */
    public List<String> java(Class<?> main, List<String> arguments) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> all = new ArrayList<>(
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, main.getName()));
        all.addAll(arguments);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(java, all.toArray(String[]::new));
    }

    @CanIgnoreReturnValue
    private List<String> run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(entering());
        command.add(program);
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("namespace", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = ends(process);
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                String outcome = ended ? "exit code " + process.exitValue() : "still runs";
                throw new AssertionError(String.join(" ", command) + " → " + outcome + ": " + lines);
            }
            return lines;
        } finally {
            Files.delete(output);
        }
    }

    /** Waits for it; ends it if that takes too long. */
    private static boolean ends(Process process) {
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close();
        if (!ends(holder)) {
            throw new AssertionError("the process that holds a network namespace did not end");
        }
    }
}
