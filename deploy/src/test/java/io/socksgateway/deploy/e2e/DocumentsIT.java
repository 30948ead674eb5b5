package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.documents.DocumentLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents of the distribution: what they point at is there, and every folder is explained. */
class DocumentsIT {

    private static final Path HOME = Path.of("target", "dist", "socks-gateway");

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    @Test
    void theyAreThere() throws IOException {
        assertThat(documents().stream().map(file -> HOME.relativize(file).toString()))
                .contains(
                        "README.md",
                        "docs/README.md",
                        "docs/operating.md",
                        "docs/plugins.md",
                        "docs/configuration.md",
                        "docs/tuning.md",
                        "docs/security.md",
                        "conf/examples/README.md",
                        "plugins/README.md");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatTheyPointAtIsThere(Path document) throws IOException {
        assertThat(DocumentLinks.broken(document)).isEmpty();
    }

    @Test
    void everyFolderIsExplained() throws IOException {
        String layout = Files.readString(HOME.resolve("README.md"));
        try (Stream<Path> files = Files.list(HOME)) {
            assertThat(files.filter(Files::isDirectory).map(folder -> folder.getFileName() + "/"))
                    .allSatisfy(folder -> assertThat(layout).contains("`" + folder));
        }
    }

    @Test
    void whatIsRunCanBeExecuted() {
        assertThat(HOME.resolve("bin/socks-gateway")).isExecutable();
        assertThat(HOME.resolve("container/healthcheck")).isExecutable();
    }
}
