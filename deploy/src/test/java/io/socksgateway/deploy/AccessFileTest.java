package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessFileTest {

    private final Path folder;

    AccessFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void appendsToWhatIsThere() throws IOException {
        Path path = folder.resolve("access.log");
        Files.writeString(path, "before\n");

        try (AccessFile file = AccessFile.open(path.toString())) {
            file.append("grüße\n");
        }

        assertThat(path).hasContent("before\ngrüße\n");
    }

    @Test
    void writesAtOnce() throws IOException {
        Path path = folder.resolve("access.log");
        try (AccessFile file = AccessFile.open(path.toString())) {
            file.append("one\n");
            assertThat(path).hasContent("one\n");
        }
    }

    @Test
    void opensThePathAnewOnceTheFileWasMovedAway() throws IOException {
        Path path = folder.resolve("access.log");
        Path rotated = folder.resolve("access.log.1");
        try (AccessFile file = AccessFile.open(path.toString())) {
            file.append("one\n");
            Files.move(path, rotated);
            file.append("two\n");
            file.append("three\n");
        }

        assertThat(rotated).hasContent("one\n");
        assertThat(path).hasContent("two\nthree\n");
    }

    @Test
    void followsAFileThatTookItsPlace() throws IOException {
        Path path = folder.resolve("access.log");
        Path rotated = folder.resolve("access.log.1");
        try (AccessFile file = AccessFile.open(path.toString())) {
            file.append("one\n");
            Files.move(path, rotated);
            Files.writeString(path, "made by the rotation\n");
            file.append("two\n");
        }

        assertThat(rotated).hasContent("one\n");
        assertThat(path).hasContent("made by the rotation\ntwo\n");
    }

    /** The other way to rotate: copy, then cut to nothing. */
    @Test
    void goesOnAtTheStartOfATruncatedFile() throws IOException {
        Path path = folder.resolve("access.log");
        try (AccessFile file = AccessFile.open(path.toString())) {
            file.append("one\n");
            Files.writeString(path, "");
            file.append("two\n");
        }

        assertThat(path).hasContent("two\n");
    }

    @Test
    void triesAgainAfterAFailure() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path path = inner.resolve("access.log");
        try (AccessFile file = AccessFile.open(path.toString())) {
            Files.delete(path);
            Files.delete(inner);
            assertThatThrownBy(() -> file.append("lost\n")).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> file.append("lost too\n")).isInstanceOf(IOException.class);
            Files.createDirectory(inner);
            file.append("two\n");
        }

        assertThat(path).hasContent("two\n");
    }

    @Test
    void cannotBeOpenedWhereThereIsNoFolder() {
        assertThatThrownBy(
                        () -> AccessFile.open(folder.resolve("none/access.log").toString()))
                .isInstanceOf(IOException.class);
    }
}
