package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A jar in {@code plugins/} that does not have what it says it has. */
class BrokenJarIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void isAnErrorOfTheConfigurationThatNeedsIt(String command) throws Exception {
        Path jar = Files.createDirectory(folder.resolve("plugins")).resolve("broken.jar");
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Path services = Files.createDirectories(files.getPath("META-INF", "services"));
            Files.writeString(services.resolve("java.sql.Driver"), "com.example.Gone\n");
        }
        Path config = Files.writeString(
                folder.resolve("gateway.json"),
                "{\"auth\": {\"authenticators\": [{\"type\": \"sql\", \"url\": \"jdbc:gone:x\"}]}}");

        Distribution.Outcome outcome = Distribution.run("", command, "--config", config.toString());

        assertThat(outcome.exitCode()).isEqualTo(23);
        assertThat(outcome.err())
                .contains("auth.authenticators[0].url: there is no driver for it", "com.example.Gone of broken.jar")
                .doesNotContain("\tat ");
    }
}
