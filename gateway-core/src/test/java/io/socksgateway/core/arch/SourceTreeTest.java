package io.socksgateway.core.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every source file of the project. */
class SourceTreeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MOST_LINES = 400;
    private static final int MOST_LINES_OF_PACKAGE_INFO = 15;

    /** What is written by hand and read as code; data, as a table of test cases, a schema or a POM, may be as long as it is. */
    private static final Pattern CODE = Pattern.compile(".*\\.(java|sh|js|css|html|sql)|.*/bin/[^/]+");

    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "node_modules");

    @Test
    void noFileIsTooLong() throws IOException {
        assertThat(files(CODE))
                .hasSizeGreaterThan(200)
                .filteredOn(file -> lines(file).size() > MOST_LINES)
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsInFewLines() throws IOException {
        List<Path> packages = files(Pattern.compile(".*/src/main/java/.*\\.java")).stream()
                .map(file -> file.resolveSibling("package-info.java"))
                .distinct()
                .toList();

        assertThat(packages).hasSizeGreaterThan(10).allSatisfy(info -> {
            assertThat(info).exists();
            assertThat(lines(info)).hasSizeLessThanOrEqualTo(MOST_LINES_OF_PACKAGE_INFO);
            assertThat(text(info)).contains("@NullMarked", "@CheckReturnValue", "/**");
        });
    }

    /** Surefire and Failsafe look for their tests by name: one with another name would pass without running. */
    @Test
    void everyTestHasANameUnderWhichItRuns() throws IOException {
        assertThat(testsWith("@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property)"))
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(file.getFileName().toString()).matches(".+(Test|IT)\\.java"));
        assertThat(testsWith("@FuzzTest"))
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(file.getFileName().toString()).matches(".+Fuzz\\.java"));
    }

    /** Only this one is run by every build. */
    @Test
    void everyFuzzTargetIsPartOfTheOneForAll() throws IOException {
        List<Path> targets = testsWith("@FuzzTest");
        String all = text(targets.stream()
                .filter(file -> file.endsWith("AllFuzz.java"))
                .findFirst()
                .orElseThrow());
        assertThat(targets).allSatisfy(file -> assertThat(all)
                .contains(file.getFileName().toString().replace(".java", "")
                        + (file.endsWith("AllFuzz.java") ? "" : "()::")));
    }

    private static List<Path> testsWith(String annotation) throws IOException {
        return files(Pattern.compile(".*/src/test/java/.*\\.java")).stream()
                .filter(file -> text(file).matches("(?s).*\\n\\s+" + annotation + "\\b.*"))
                .toList();
    }

    /** What is no source is not even looked into: others may be writing there. */
    private static List<Path> files(Pattern name) throws IOException {
        assertThat(ROOT.resolve("deploy")).isDirectory();
        List<Path> found = new ArrayList<>();
        Path unused = Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_SOURCES.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && name.matcher(file.toString()).matches()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
