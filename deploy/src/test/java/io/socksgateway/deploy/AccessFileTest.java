package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A disk with room for so many octets, and then for more. */
    private static final class Disk implements WritableByteChannel {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private int room;

        private Disk(int room) {
            this.room = room;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            int count = Math.min(Math.min(room, octets.remaining()), 3);
            for (int i = 0; i < count; i++) {
                content.write(octets.get());
            }
            room -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** The lines that were there, of three when there was room for so many octets, and then one more. */
    @ParameterizedTest
    @CsvSource({"0, 0, ''", "4, 1, 'one,'", "6, 1, 'one,tw,'", "8, 2, 'one,two,'", "13, 2, 'one,two,three,'"})
    void aDiskThatIsFullInTheMiddleOfALineSpoilsNoOther(int room, int written, String there) throws IOException {
        Disk disk = new Disk(room);
        try (AccessFile file = new AccessFile(disk)) {
            assertThatThrownBy(() -> file.append("one\ntwo\nthree\n"))
                    .isInstanceOfSatisfying(AccessFile.Unwritten.class, unwritten -> assertThat(unwritten.written())
                            .isEqualTo(written))
                    .hasMessage("No space left on device");
            assertThatThrownBy(() -> file.append("lost\n")).isInstanceOf(IOException.class);
            disk.room = 100;
            file.append("four\n");
            file.append("five\n");
        }

        assertThat(disk.content).hasToString(there.replace(',', '\n') + "four\nfive\n");
    }

    @Test
    void aDiskThatIsFullAgainLosesNoCount() throws IOException {
        Disk disk = new Disk(2);
        try (AccessFile file = new AccessFile(disk)) {
            assertThatThrownBy(() -> file.append("one\n")).isInstanceOf(AccessFile.Unwritten.class);
            disk.room = 1; // for the end of the torn line
            assertThatThrownBy(() -> file.append("two\n"))
                    .isInstanceOfSatisfying(AccessFile.Unwritten.class, unwritten -> assertThat(unwritten.written())
                            .isZero());
            disk.room = 100;
            file.append("three\n");
        }

        assertThat(disk.content).hasToString("on\nthree\n");
    }
}
