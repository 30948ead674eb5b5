package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.testkit.Await;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloads that go wrong in a way that nobody expects: whoever asks is told, and others behind it have their turn. */
class ReloadFailuresIT {

    private final Path folder;
    private final Path file;
    private Service service;

    ReloadFailuresIT(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("gateway.json");
    }

    @BeforeEach
    void start() throws Exception {
        write("{}");
        service = Service.start(new RunArguments(file, null));
    }

    @AfterEach
    void stop() {
        assertThat(service.stop()).isTrue();
    }

    private void write(String auth) throws IOException {
        Files.writeString(file, """
                {"listeners": [{"port": 0}], "auth": %s, "timeouts": {"drain": "0s"},
                 "log": {"access": {"path": "access.log"}}}""".formatted(auth));
    }

    @Test
    void aBrokenJarIsAnErrorAtThePathOfWhoNeedsIt() throws IOException {
        Path jar = Files.createDirectory(folder.resolve("plugins")).resolve("broken.jar");
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Path services = Files.createDirectories(files.getPath("META-INF", "services"));
            Files.writeString(services.resolve("java.sql.Driver"), "com.example.Gone\n");
        }
        write("{\"authenticators\": [{\"type\": \"sql\", \"url\": \"jdbc:gone:x\"}]}");

        Operations.Reload refused = Await.result(service.reloads().reload());

        assertThat(refused.applied()).isFalse();
        assertThat(refused.lines())
                .singleElement()
                .asString()
                .startsWith("auth.authenticators[0].url: there is no driver for it")
                .contains("com.example.Gone of broken.jar");
        write("{}");
        assertThat(Await.result(service.reloads().reload()).applied()).isTrue();
    }

    @Test
    void anErrorOfAnybodysCodeIsAnAnswerToo() throws IOException {
        service.reloads().whenApplied(config -> {
            throw new ServiceConfigurationError("anybody's");
        });
        write("{\"users\": [{\"name\": \"alice\", \"password\": \"horse-4711\"}]}");

        assertThat(Await.result(service.reloads().reload()).lines())
                .containsExactly("java.util.ServiceConfigurationError: anybody's");
        assertThat(Await.result(service.reloads().reload()).applied())
                .as("the next one")
                .isTrue();
    }
}
