package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.KeptSecrets;
import io.socksgateway.testkit.SocksClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gateway from its distribution, in a process of its own. */
final class PackagedGateway implements AutoCloseable {

    /** What nothing may leave in the log: leaks, blocked threads, and exceptions that nobody expected. */
    private static final Pattern TROUBLE = Pattern.compile(
            "LEAK|has been blocked for|Thread blocked|^\\s+at [\\w.$/]+\\(|\\bException in thread\\b|\\bERROR\\b",
            Pattern.MULTILINE);

    private static final Pattern NEW_ENTRY = Pattern.compile("(?m)(?=^\\d{4}-\\d\\d-\\d\\dT)");
    /** That begins as no hash and no object does. */
    private static final Pattern PASSWORD = Pattern.compile("\"password\": *\"([^\"{$][^\"]{5,})\"");

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    /** For a JVM to start and to join others, where more want to run than can. */
    private static final Duration STARTING = Duration.ofMinutes(3);

    private static final String BLOCKED = "BlockedThreadChecker";

    /** What may be said of other nodes of a cluster that stand still, or are gone: also that partitions do not get there. */
    static final String LOSSES = "WARN +c\\.h\\.|ERROR +c\\.h\\.i\\.p\\.|WARN +i\\.v\\.c\\.(?!\\S*" + BLOCKED
            + ")|ERROR +i\\.v\\.c\\.n\\.i\\.ConnectionBase .*reset";

    /** Seen by this process, since the first gateway was started. */
    static final Standstills MACHINE = Standstills.watching();

    private static final Pattern IN_SIGHT = Pattern.compile("(\\d+) nodes? in sight");

    /** Milliseconds since 1970. */
    private final long launched = System.currentTimeMillis();

    private final Process process;
    private final Lines out;
    private final Lines log;
    private final Map<String, InetSocketAddress> listeners = new ConcurrentHashMap<>();
    private final List<String> secrets = new ArrayList<>();
    private Pattern expected = NOTHING;

    private PackagedGateway(Process process) {
        this.process = process;
        this.log = new Lines(process.getErrorStream(), () -> "");
        this.out = new Lines(process.getInputStream(), log::text);
    }

    /** Starts {@code run} with these arguments, and does not wait. */
    static PackagedGateway launch(String... arguments) throws IOException {
        return new PackagedGateway(Distribution.start(command(arguments)));
    }

    /** The same with another environment, and apart from the class archive that the tests share. */
    static PackagedGateway launch(Map<String, String> environment, String... arguments) throws IOException {
        return new PackagedGateway(Distribution.start(environment, command(arguments)));
    }

    /** The same with further options of the JVM. */
    static PackagedGateway launchWithOptions(String options, String... arguments) throws IOException {
        return new PackagedGateway(Distribution.startWithOptions(options, command(arguments)));
    }

    private static String[] command(String... arguments) {
        return Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new);
    }

    /** Starts {@code run} with a configuration that is written to a file in the folder, and does not wait. */
    static PackagedGateway launchWith(Path folder, String configuration) throws IOException {
        return launch("--config", write(folder, configuration)).keeping(passwords(configuration));
    }

    /** The same by way of another command, see {@link Distribution#startThrough}. */
    static PackagedGateway launchThrough(List<String> through, Path folder, String configuration) throws IOException {
        String[] arguments = command("--config", write(folder, configuration));
        return new PackagedGateway(Distribution.startThrough(through, arguments)).keeping(passwords(configuration));
    }

    /** The passwords in plain text of a configuration, which a test need not name to have them kept. */
    static String[] passwords(String configuration) {
        return PASSWORD.matcher(configuration)
                .results()
                .map(password -> password.group(1))
                .toArray(String[]::new);
    }

    /** As {@link #start}, in a process that may open only so many descriptors. */
    static PackagedGateway startWithDescriptors(int limit, Path folder, String configuration) throws IOException {
        String file = write(folder, configuration);
        return new PackagedGateway(Distribution.startWithDescriptors(limit, "run", "--config", file))
                .keeping(passwords(configuration))
                .awaitReady();
    }

    private static String write(Path folder, String configuration) throws IOException {
        Path file = Files.createTempFile(folder, "gateway", ".json");
        Files.writeString(file, configuration);
        return file.toString();
    }

    /** As {@link #launchWith}, and waits until it is ready. */
    static PackagedGateway start(Path folder, String configuration) throws IOException {
        return launchWith(folder, configuration).awaitReady();
    }

    /** Waits until it is ready, on a machine that may have much else to do. */
    PackagedGateway awaitReady() {
        try {
            log.await(STARTING, " ready", line -> line.endsWith(" ready") ? line : null);
        } catch (AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
        for (String line : log.all()) {
            Matcher listener =
                    Pattern.compile(" listener (\\S+) on (\\S+):(\\d+) ").matcher(line);
            if (listener.find()) {
                listeners.put(
                        listener.group(1),
                        new InetSocketAddress(listener.group(2), Integer.parseInt(listener.group(3))));
            }
        }
        return this;
    }

    /** Waits until the nodes of a cluster are ready and see each other: of those that start together each may found one first. */
    static void awaitTogether(List<PackagedGateway> nodes) {
        nodes.forEach(PackagedGateway::awaitReady);
        Await.until("all nodes see each other", STARTING, () -> nodes.stream()
                .allMatch(node -> node.inSight() == nodes.size()));
    }

    InetSocketAddress listener(String name) {
        InetSocketAddress address = listeners.get(name);
        assertThat(address).as("listener %s in %s", name, listeners).isNotNull();
        return address;
    }

    SocksClient client(String listener) throws IOException {
        return SocksClient.connect(listener(listener));
    }

    /** How many nodes of the cluster it sees, itself included, as it has said last; 0 if it has not. */
    int inSight() {
        return IN_SIGHT.matcher(log.text())
                .results()
                .reduce((one, next) -> next)
                .map(last -> Integer.parseInt(last.group(1)))
                .orElse(0);
    }

    /**
     * Whether the others dropped this node, which has just started, because the machine held up for a second or more one of them, or
     * it. It founds a cluster of its own then, in which it may have to refuse everybody, until it finds them again.
     */
    boolean hasLostOthers() {
        return MACHINE.longestSince(launched) >= 1_000 && log.text().contains(" 1 node in sight");
    }

    /** What goes to standard output. */
    Lines out() {
        return out;
    }

    /** What goes to standard error. */
    Lines log() {
        return log;
    }

    /** Waits for the access line of this client's session. */
    JsonObject session(Socket client) {
        return session(
                Endpoint.of((InetSocketAddress) client.getLocalSocketAddress()).toString());
    }

    /**
     * Waits for the access line of a client's session.
     *
     * @param client address and port
     */
    JsonObject session(String client) {
        return out.await("session of " + client, line -> ofClient(line, client));
    }

    private static @Nullable JsonObject ofClient(String line, String client) {
        return line.contains("\"client\":\"" + client + "\"") ? new JsonObject(line) : null;
    }

    /** SIGTERM; what it says then is still heard, other than after {@link Process#destroy}. */
    void terminate() {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    /** SIGHUP; skips the test where children begin with it ignored, as under nohup. */
    void hangUp() throws IOException, InterruptedException {
        assumeThat(ignoresHangUp()).as("SIGHUP is ignored here").isFalse();
        signal("HUP");
    }

    /** SIGSTOP: it stands still, which it may say of its threads, and its sockets stay open. */
    void freeze() throws IOException, InterruptedException {
        expected = Pattern.compile(expected.pattern() + "|" + BLOCKED);
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private boolean ignoresHangUp() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 1) == 1);
    }

    /** SIGKILL, and waits until the system has closed its sockets. */
    void kill() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many descriptors it has open. */
    int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return (int) open.count();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean runs() {
        return process.isAlive();
    }

    /** Waits for its end and returns the exit code. */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as("the process ends:%n%s", log.text())
                .isTrue();
        return process.exitValue();
    }

    /** Fails if the log tells of leaks, blocked threads or unexpected exceptions. */
    private void assertHealthy() {
        String others = NEW_ENTRY
                .splitAsStream(log.whole())
                .filter(entry ->
                        !expected.matcher(entry.lines().findFirst().orElse("")).find())
                .filter(entry -> !MACHINE.explain(entry))
                .collect(Collectors.joining());
        assertThat(others).doesNotContainPattern(TROUBLE);
    }

    /** What its log may say though it looks like trouble: entries whose first line has this. */
    PackagedGateway expecting(String expression) {
        expected = Pattern.compile(expression);
        return this;
    }

    /** That its log may tell of other nodes that stand still, or are gone. */
    PackagedGateway expectingLosses() {
        return expecting(LOSSES);
    }

    /** What must be in neither output when it is closed. */
    PackagedGateway keeping(String... theSecrets) {
        secrets.addAll(List.of(theSecrets));
        KeptSecrets.add(secrets);
        return this;
    }

    /** Ends the nodes of a cluster before one can say that another is gone, then looks at what they have said. */
    static void close(List<PackagedGateway> nodes) {
        nodes.forEach(node -> node.process.destroyForcibly());
        nodes.forEach(PackagedGateway::close);
    }

    /** Ends it at once, whatever it is doing, then looks at what it has said. */
    @Override
    public void close() {
        kill();
        assertHealthy();
        for (String secret : secrets) {
            assertThat(log.whole()).doesNotContain(secret);
            assertThat(out.whole()).doesNotContain(secret);
        }
    }
}
