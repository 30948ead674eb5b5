package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.config.ConfigLoader;
import io.socksgateway.testkit.Await;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {

    private final Vertx vertx = Vertx.vertx();

    private final Path folder;

    ConfigSourceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private ConfigSource source(String password) throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.json"), """
                {"listeners": [{"port": 0}], "auth": {"users": [{"name": "alice", "password": {"file": "%s"}}]}}""".formatted(password));
        return new ConfigSource(new RunArguments(file, null));
    }

    @Test
    void theFilesThatWereReadAreKnownWithThoseOfSecrets() throws Exception {
        Path secret = Files.writeString(folder.resolve("password"), "s3cret");
        ConfigSource source = source("password");
        assertThat(source.read()).isEmpty();

        assertThat(source.load(vertx).config().auth().users()).hasSize(1);

        Path file = folder.resolve("gateway.json");
        assertThat(source.read()).isEqualTo(ConfigLoader.versions(file, Set.of(secret)));
        Files.writeString(file, "{}");
        assertThat(source.read()).isNotEqualTo(ConfigLoader.versions(file, Set.of(secret)));
    }

    @Test
    void alsoIfWhatTheySayIsWrong() throws Exception {
        ConfigSource source = source("missing");

        assertThatThrownBy(() -> source.load(vertx)).isInstanceOf(CommandFailure.class);

        assertThat(source.read()).containsOnlyKeys(folder.resolve("gateway.json"), folder.resolve("missing"));
        assertThat(source.read()).containsEntry(folder.resolve("missing"), Optional.empty());
    }

    @Test
    void withoutAFileThereIsNothingToReadAgain() throws Exception {
        ConfigSource source = new ConfigSource(new RunArguments(null, new HostPort("127.0.0.1", 0)));

        assertThat(source.load(vertx).config().listeners()).hasSize(1);
        assertThat(source.path()).isNull();
        assertThat(source.read()).isEmpty();
    }
}
