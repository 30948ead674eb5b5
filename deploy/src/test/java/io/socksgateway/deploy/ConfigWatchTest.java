package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.core.config.FileVersion;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Eventually;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {

    private static final long PERIOD = 5;

    private final Vertx vertx = Vertx.vertx();
    private final Set<Path> secretFiles = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Map<Path, Optional<FileVersion>> read = Map.of();
    private Path config;
    private Path secret;

    @BeforeEach
    void write(@TempDir Path folder) throws Exception {
        config = Files.writeString(folder.resolve("gateway.json"), "{}");
        secret = Files.writeString(folder.resolve("token"), "old");
        secretFiles.add(secret);
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Map<Path, Optional<FileVersion>> versions() {
        return ConfigLoader.versions(config, Set.copyOf(secretFiles));
    }

    /** At once, or it would be two changes to who looks in between. */
    private static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next"), text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void watch(Map<Path, Optional<FileVersion>> known) {
        read = known;
        Await.result(vertx.deployVerticle(
                new ConfigWatch(config, this::read, wanted::get, changes::incrementAndGet, PERIOD)));
    }

    private Map<Path, Optional<FileVersion>> read() {
        looks.incrementAndGet();
        return read;
    }

    private void lookSomeTimes() throws Exception {
        int before = looks.get();
        Eventually.isTrue("some looks", () -> looks.get() > before + 3);
    }

    @Test
    void nothingIsSaidOfFilesThatAreAsTheyWereRead() throws Exception {
        watch(versions());
        lookSomeTimes();
        assertThat(changes).hasValue(0);
    }

    @Test
    void whatHasChangedSinceItWasReadIsToldThoughNobodyLookedThen() throws Exception {
        Map<Path, Optional<FileVersion>> read = versions();
        Files.writeString(config, "{\"node\": {}}");
        watch(read);
        Eventually.isTrue("the change is told", () -> changes.get() == 1);
        lookSomeTimes();
        assertThat(changes).as("told once").hasValue(1);
    }

    @Test
    void theFileOfASecretIsLookedAtToo() throws Exception {
        watch(versions());
        replace(secret, "rotated");
        Eventually.isTrue("the change is told", () -> changes.get() == 1);
        Files.delete(secret);
        Eventually.isTrue("its end is told", () -> changes.get() == 2);
    }

    /** Such as by SIGHUP; that it names other files of secrets than before is no change of any. */
    @Test
    void nothingIsSaidOfWhatAnybodyElseHasRead() throws Exception {
        watch(versions());
        Path another = Files.writeString(secret.resolveSibling("another"), "new");
        secretFiles.add(another);
        read = versions();
        lookSomeTimes();
        secretFiles.remove(secret);
        read = versions();
        lookSomeTimes();
        assertThat(changes).hasValue(0);

        replace(another, "rotated");
        Eventually.isTrue("the change is told", () -> changes.get() == 1);
        read = versions();
        lookSomeTimes();
        assertThat(changes).as("told once").hasValue(1);
    }

    @Test
    void aSecretThatWasMissingIsToldWhenItIsThere() throws Exception {
        Path missing = secret.resolveSibling("missing");
        secretFiles.add(missing);
        watch(versions());
        lookSomeTimes();
        assertThat(changes).hasValue(0);

        replace(missing, "there");
        Eventually.isTrue("it is told", () -> changes.get() == 1);
    }

    @Test
    void nothingIsSaidToWhoDoesNotWantIt() throws Exception {
        wanted.set(false);
        watch(versions());
        replace(secret, "rotated");
        lookSomeTimes();
        wanted.set(true);
        lookSomeTimes();
        assertThat(changes).hasValue(0);
    }
}
