package io.socksgateway.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents in the repository: what they point at is there, and the index has them all. */
class DocumentLinksTest {

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(Documents.guide());
        documents.add(Path.of("..", "README.md"));
        documents.add(Path.of("..", "CONTRIBUTING.md"));
        documents.add(Path.of("conf", "examples", "README.md"));
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatTheyPointAtIsThere(Path document) throws IOException {
        assertThat(DocumentLinks.broken(document)).isEmpty();
    }

    @Test
    void theIndexHasAllOfTheGuide() throws IOException {
        String index = Files.readString(Path.of("docs", "README.md"));

        assertThat(Documents.guide().stream().map(file -> file.getFileName().toString()))
                .filteredOn(name -> !name.equals("README.md"))
                .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }

    @Test
    void theReadmeStaysShort() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "README.md"))) {
            assertThat(lines.count()).isLessThanOrEqualTo(135);
        }
    }

    @Test
    void aLinkThatLeadsNowhereIsNoticed(@TempDir Path folder) throws IOException {
        Path document =
                Files.writeString(folder.resolve("a.md"), "# A b\n[1](#a-b) [2](#c) [3](none.md) [4](a.md#a-b)");

        assertThat(DocumentLinks.broken(document)).containsExactly("](#c)", "](none.md)");
    }
}
