package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AccessLogTest {

    private static final int CAPACITY = 65_536;
    /** For the writer to be done with a whole queue, whatever else this machine has to do. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

    private final Path folder;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.class);

    AccessLogTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void listen() {
        said.start();
        logger.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(said);
    }

    @Test
    void closeWritesWhatIsQueued() throws IOException {
        Path path = folder.resolve("access.log");
        AccessLog log = open(path);
        log.start();
        for (int i = 0; i < 5_000; i++) {
            log.ended(session(i));
        }
        log.close();

        List<String> lines = Files.readAllLines(path);
        assertThat(lines).hasSize(5_000);
        for (int i = 0; i < lines.size(); i++) {
            JsonObject line = new JsonObject(lines.get(i));
            assertThat(line.getString("id")).isEqualTo("s-" + i);
            assertThat(line.getString("node")).isEqualTo("edge-1");
            assertThat(line.getString("time")).isEqualTo("2026-02-03T04:05:06.000Z");
        }
        assertThat(messages()).isEmpty();
    }

    /** The writer is not even running, so a caller that waited would wait for ever. */
    @Test
    void aFullQueueDropsAndCountsAndHoldsNobodyUp() throws IOException {
        Path path = folder.resolve("access.log");
        AccessLog log = open(path);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < CAPACITY + 7; i++) {
                log.ended(session(i));
            }
        });
        log.start();
        log.close();

        List<String> lines = Files.readAllLines(path);
        assertThat(lines).hasSize(CAPACITY);
        assertThat(new JsonObject(lines.get(CAPACITY - 1)).getString("id")).isEqualTo("s-" + (CAPACITY - 1));
        assertThat(messages()).singleElement().asString().contains("7 lines were lost");
    }

    @Test
    void recoversFromAFailingFileAndSaysHowManyLinesItCost() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path path = inner.resolve("access.log");
        AccessLog log = open(path);
        Files.delete(path);
        Files.delete(inner);
        log.start();
        log.ended(session(1));
        Await.until("the failure is logged", () -> messages().size() == 1);
        assertThat(messages().get(0)).contains("cannot be written");
        Files.createDirectory(inner);
        log.ended(session(2));
        Await.until("the recovery is logged", () -> messages().size() == 2);
        log.close();

        assertThat(messages().get(1)).contains("writing again; 1 lines were lost");
        assertThat(Files.readAllLines(path)).singleElement().asString().contains("\"id\":\"s-2\"");
    }

    /** Nothing more may come, but it must not hurt. */
    @Test
    void isQuietAfterItsEnd() throws IOException {
        Path path = folder.resolve("access.log");
        AccessLog log = open(path);
        log.start();
        log.close();
        log.ended(session(1));
        log.close();

        assertThat(path).isEmptyFile();
    }

    /** A terminal or pipe that nobody reads: the process must be able to end all the same. */
    @Test
    void closeDoesNotWaitForEverForAWriterThatHangs() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        // Opened for both, so that neither opening nor writing waits for somebody at the other end.
        try (var reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            AccessLog log = new AccessLog(AccessFile.open(pipe.toString()), "edge-1", CLOCK, Duration.ofMillis(300));
            log.start();
            for (int i = 0; i < 5_000; i++) { // more than a pipe holds
                log.ended(session(i));
            }
            assertTimeoutPreemptively(Duration.ofSeconds(20), log::close);
            assertThat(reader.read()).isEqualTo('{');
        }
    }

    private List<String> messages() {
        synchronized (said) { // as it is while it appends
            return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        }
    }

    private static AccessLog open(Path path) throws IOException {
        return new AccessLog(AccessFile.open(path.toString()), "edge-1", CLOCK, LONG);
    }

    private static SessionRecord session(int number) {
        return new SessionRecord(
                "s-" + number,
                "public",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
                null,
                null,
                null,
                null,
                null,
                null,
                SessionRecord.NO_REPLY,
                EndReason.MALFORMED,
                0,
                0,
                1);
    }
}
