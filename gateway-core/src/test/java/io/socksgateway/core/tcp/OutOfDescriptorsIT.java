package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A gateway in a process that may open only so many descriptors. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class OutOfDescriptorsIT {

    private static final int LIMIT = 256;
    private static final int MORE_THAN_FIT = LIMIT + 50;
    private static final int OBSERVED_MILLIS = 1_000;
    private static final long MAX_CPU_MILLIS = 200;

    private final Deque<SocksClient> clients = new ArrayDeque<>();
    private Process process;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String command = "ulimit -n " + LIMIT + "; exec \"$0\" \"$@\"";
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        command,
                        java.toString(),
                        "-Xmx64m",
                        "-cp",
                        classPath,
                        StarvedGateway.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith("port ")) {
            line = out.readLine();
        }
        assertThat(line).as("the port that is printed").isNotNull();
        Thread drain = new Thread(() -> out.lines().forEach(ignored -> {}), "starved-gateway-log");
        drain.setDaemon(true);
        drain.start();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line.substring(5)));
    }

    @AfterEach
    void stop() throws Exception {
        for (SocksClient client : clients) {
            client.close();
        }
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void acceptPausesAndRecoversAndNothingSpins() throws Exception {
        try (TestTarget target = TestTarget.echo()) {
            SocksClient first = connect().tunnelTo(target.address()).send("00").expect("00");
            loadWhatRefusalsNeed();
            SocksClient waiting = exhaust();

            long before = cpuMillis();
            first.expectSilence(OBSERVED_MILLIS);
            assertThat(cpuMillis() - before)
                    .as("CPU time of its loops in a second")
                    .isLessThan(MAX_CPU_MILLIS);

            first.send("01 02").expect("01 02");
            SocksClient accepted = clients.peekLast();
            accepted.connectTo(target.address()).expect("05 01 00 01 00 00 00 00 00 00");

            for (int i = 0; i < LIMIT / 4; i++) {
                clients.removeLast().close();
            }
            waiting.expect("05 00").connectTo(target.address()).expectSuccess();
            connect().tunnelTo(target.address()).send("03").expect("03");
            first.send("04").expect("04");
            assertThat(process.isAlive()).isTrue();
        }
    }

    /** Here classes are files, which a process without descriptors cannot open; in jars that are open they are not. */
    private void loadWhatRefusalsNeed() throws IOException {
        try (SocksClient client = SocksClient.connect(address)) {
            client.greet()
                    .connectTo(ClosedPort.address())
                    .expect("05 05 00 01 00 00 00 00 00 00")
                    .expectEnd();
        }
    }

    /** Connects until the gateway does not answer any more; returns the one that waits, with its greeting sent. */
    private SocksClient exhaust() throws Exception {
        for (int i = 0; i < MORE_THAN_FIT; i++) {
            SocksClient client = SocksClient.connect(address).send("05 01 00");
            if (!isAnswered(client)) {
                clients.addFirst(client);
                return client;
            }
            clients.addLast(client.expect("05 00"));
        }
        throw new AssertionError(MORE_THAN_FIT + " connections with " + LIMIT + " descriptors");
    }

    /** Waits for the answer, or until there are no descriptors to accept anybody with. */
    private boolean isAnswered(SocksClient client) throws Exception {
        InputStream in = client.socket().getInputStream();
        Eventually.isTrue("an answer, or no descriptors left", () -> in.available() > 0 || descriptors() >= LIMIT);
        return Eventually.within(500, () -> in.available() > 0);
    }

    private int descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return (int) all.count();
        }
    }

    private SocksClient connect() throws IOException {
        SocksClient client = SocksClient.connect(address);
        clients.addFirst(client);
        return client;
    }

    /** Of the event loops: compilers and collectors of a JVM that has just begun have their own to do. */
    private long cpuMillis() throws IOException {
        long nanos = 0;
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                try {
                    if (Files.readString(thread.resolve("comm")).startsWith("vert.x-eventloo")) {
                        String[] times =
                                Files.readString(thread.resolve("schedstat")).split(" ", -1);
                        nanos += Long.parseLong(times[0]);
                    }
                } catch (NoSuchFileException e) {
                    // it has ended meanwhile
                }
            }
        }
        assertThat(nanos).as("CPU time of all loops").isPositive();
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
