package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents of the distribution: what they point at is there, and every folder is explained. */
class DocumentsIT {

    private static final Path HOME = Path.of("target", "dist", "socks-gateway");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");

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
                        "docs/operating.md",
                        "docs/configuration.md",
                        "docs/tuning.md",
                        "docs/security.md",
                        "conf/examples/README.md",
                        "plugins/README.md");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatTheyPointAtIsThere(Path document) throws IOException {
        List<MatchResult> links =
                LINK.matcher(Files.readString(document)).results().toList();

        assertThat(links).allSatisfy(link -> {
            String target = link.group(1);
            if (!target.startsWith("https:")) {
                Path file = target.isEmpty() ? document : document.resolveSibling(target);
                assertThat(file).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(file)).contains(link.group(2));
                }
            }
        });
    }

    /** The headings, as they are linked to. */
    private static List<String> anchors(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> "#" + heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
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
