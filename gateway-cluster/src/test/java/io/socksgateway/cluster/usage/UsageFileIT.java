package io.socksgateway.cluster.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table in a file of the node's own. */
class UsageFileIT extends UsageTableIT.Cases {

    private Path folder;

    @BeforeEach
    void choose(@TempDir Path temporary) {
        folder = temporary;
    }

    @Override
    UsageDatabase database() {
        return UsageDatabase.in(folder.resolve("with space").resolve("data"), "usage");
    }

    @Test
    void isMadeForNobodyElseWhenItIsFirstUsed() throws IOException, SQLException {
        Path data = folder.resolve("with space").resolve("data");
        try (UsageDatabase database = database()) {
            assertThat(data).doesNotExist();
            assertThat(new UsageTable(database).prune(0, Long.MAX_VALUE)).isTrue();
            assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(data).isDirectoryContaining("glob:**/usage.mv.db");
        }
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).as("nothing else").hasSize(1);
        }
    }

    @Test
    void theFileIsForNobodyElseAlsoInAFolderThatOthersRead() throws IOException, SQLException {
        Path data = Files.createDirectories(folder.resolve("with space").resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (UsageDatabase database = database()) {
            assertThat(new UsageTable(database).prune(0, Long.MAX_VALUE)).isTrue();
        }
        assertThat(Files.getPosixFilePermissions(data.resolve("usage.mv.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatIsNoFileIsAnErrorOfTheFile() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("with space/data/usage.mv.db"));
        try (UsageDatabase database = database()) {
            assertThatThrownBy(() -> new UsageTable(database).prune(0, Long.MAX_VALUE))
                    .matches(UsageStoreException::concernsFile)
                    .hasMessageContaining(taken.toString());
        }
    }

    @Test
    void aFolderThatCannotBeIsNamed() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        try (UsageDatabase database = UsageDatabase.in(taken.resolve("data"), "usage")) {
            assertThatThrownBy(() -> new UsageTable(database).prune(0, Long.MAX_VALUE))
                    .isInstanceOf(UsageStoreException.class)
                    .hasMessageStartingWith("node.data: \"" + taken.resolve("data") + "\" cannot be used")
                    .hasMessageContaining("hint: ")
                    .matches(failure -> failure instanceof UsageStoreException trouble && trouble.isLasting());
        }
    }

    @Test
    void aSemicolonIsNoPartOfAName() {
        try (UsageDatabase database = UsageDatabase.in(folder.resolve("a;b"), "usage")) {
            assertThatThrownBy(() -> new UsageTable(database).prune(0, Long.MAX_VALUE))
                    .hasMessageContaining("a semicolon ends");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("usage.mv.db"), "no database ".repeat(2_000));
        try (UsageDatabase database = UsageDatabase.in(data, "usage")) {
            assertThatThrownBy(() -> new UsageTable(database).prune(0, Long.MAX_VALUE))
                    .isInstanceOf(UsageStoreException.class)
                    .hasMessageContaining("is damaged: hint: move it away");
        }
    }
}
