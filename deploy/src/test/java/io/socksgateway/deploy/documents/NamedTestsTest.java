package io.socksgateway.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that documents name as proof are there. */
class NamedTestsTest {

    private static final Pattern NAME = Pattern.compile("`((?!Xxx)\\w+(?:Test|IT|Scenarios|Fuzz))`");
    private static final List<String> MODULES =
            List.of("gateway-core", "gateway-auth", "gateway-udp", "gateway-cluster", "deploy");

    private static Set<String> tests() throws IOException {
        List<String> tests = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                files.map(file -> file.getFileName().toString()).forEach(tests::add);
            }
        }
        return tests.stream()
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .collect(Collectors.toSet());
    }

    @Test
    void areThere() throws IOException {
        Set<String> named = new TreeSet<>();
        List<Path> documents = new ArrayList<>(Documents.all());
        documents.add(Path.of("..", "CONTRIBUTING.md"));
        for (Path document : documents) {
            NAME.matcher(Files.readString(document)).results().forEach(name -> named.add(name.group(1)));
        }

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(tests()).containsAll(named);
    }
}
