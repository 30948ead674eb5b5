package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.e2e.Distribution.Outcome;
import io.socksgateway.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The class archive of the start script: made beside a first start, used by the next ones, in the way of none. */
class ClassArchiveIT {

    private static final Duration MAKING = Duration.ofSeconds(60);

    /** Two starts at once have made it. */
    @TempDir
    private static Path made;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTwiceForTheFirstTime() throws Exception {
        Path cache = made.resolve("not/yet/there");
        try (PackagedGateway one = launch(cache, made);
                PackagedGateway other = launch(cache, made)) {
            endsWell(one);
            endsWell(other);
        }
        Await.until("an archive and nothing else", MAKING, () -> {
            List<String> names = names(cache);
            return names.size() == 1 && names.get(0).matches(".*\\.(jsa|aot)");
        });
    }

    @Test
    void theNextStartHasItsClassesFromIt() throws Exception {
        Path cache = made.resolve("not/yet/there");
        List<String> before = names(cache);
        Path classes = folder.resolve("classes");

        try (PackagedGateway gateway =
                launch(cache, folder, "SOCKS_GATEWAY_OPTS", "-Xlog:class+load:file=" + classes)) {
            endsWell(gateway);
        }

        assertThat(isFromArchive(classes, "io.socksgateway.deploy.Gateway")).isTrue();
        assertThat(isFromArchive(classes, "io.vertx.core.impl.VertxImpl")).isTrue();
        assertThat(names(cache)).isEqualTo(before);
    }

    /** As {@code xxx_o_} in the middle, at the end, and all of it: no JVM gets to see that. */
    @ParameterizedTest
    @ValueSource(longs = {0, 4_000_000, -1})
    void aDamagedOneIsDropped(long position) throws Exception {
        Path archive = copy();
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (position < 0) {
                file.truncate(file.size() / 2);
            } else {
                ByteBuffer octet = ByteBuffer.allocate(1);
                file.read(octet, position);
                file.write(octet.put(0, (byte) ~octet.get(0)).flip(), position);
            }
        }

        assertThat(isUsed(archive.getParent())).isFalse();
        assertThat(archive).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, rw-r--r--, true", "rwxrwxr-x, rw-r--r--, false", "rwxr-xr-x, rw-r--rw-, false"})
    void oneThatOthersCouldHaveWrittenIsNotUsed(String ofFolder, String ofFile, boolean used) throws Exception {
        Path archive = copy();
        Files.setPosixFilePermissions(archive.getParent(), PosixFilePermissions.fromString(ofFolder));
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString(ofFile));

        assertThat(isUsed(archive.getParent())).isEqualTo(used);
    }

    @Test
    void oneForOtherJarsIsNotUsed() throws Exception {
        Path archive = copy();
        String name = archive.getFileName().toString();
        Files.move(archive, archive.resolveSibling(name.replaceFirst("-(\\d+-\\d+-\\d+-\\d+\\.)", "-1$1")));

        assertThat(isUsed(archive.getParent())).isFalse();
    }

    @Test
    void withoutAPlaceForItTheGatewayStartsAsWell() throws Exception {
        Path cache = Files.createFile(folder.resolve("file")).resolve("cache");

        try (PackagedGateway gateway = launch(cache, folder)) {
            endsWell(gateway);
        }

        Outcome making = Distribution.end(Distribution.start(environment(cache), "archive"), "");
        assertThat(making.exitCode()).isEqualTo(1);
        assertThat(making.err()).contains("socks-gateway: no class archive could be made in " + cache);
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        Path archive = copy();

        assertThat(isUsed(archive.getParent(), "SOCKS_GATEWAY_ARCHIVE", "off")).isFalse();
        assertThat(archive).exists();
    }

    private static PackagedGateway launch(Path cache, Path folder, String... environment) throws IOException {
        Path config = Files.createTempFile(folder, "gateway", ".json");
        Files.writeString(config, "{\"node\":{\"maxSessions\":100}}"); // as many as any machine can serve: no warning
        return PackagedGateway.launch(
                environment(cache, environment), "--config", config.toString(), "--listen", "127.0.0.1:0");
    }

    /** It has started, it says nothing but what a gateway says, and it stops. */
    private static void endsWell(PackagedGateway gateway) throws InterruptedException {
        gateway.awaitReady().terminate();
        assertThat(gateway.awaitExit()).isZero();
        assertThat(gateway.out().whole()).isEmpty();
        assertThat(gateway.log().whole().lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO .*"));
    }

    private Path copy() throws IOException {
        Path from = made.resolve("not/yet/there");
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Path archive = Files.copy(
                from.resolve(names(from).get(0)), cache.resolve(names(from).get(0)));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-r--r--"));
        return archive;
    }

    private boolean isUsed(Path cache, String... environment) throws Exception {
        Path classes = folder.resolve("classes");
        Map<String, String> all = environment(cache, environment);
        all.put("SOCKS_GATEWAY_OPTS", "-Xlog:class+load:file=" + classes);

        Outcome outcome = Distribution.end(Distribution.start(all, "version"), "");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("SOCKS Gateway ").hasLineCount(1);
        assertThat(outcome.err()).isEmpty();
        return isFromArchive(classes, "io.socksgateway.deploy.Main");
    }

    private static boolean isFromArchive(Path classes, String name) throws IOException {
        String start = name + " source: ";
        try (Stream<String> lines = Files.lines(classes)) {
            String line = lines.filter(text -> text.contains(start)).findAny().orElseThrow();
            return line.contains(start + "shared objects file");
        }
    }

    private static Map<String, String> environment(Path cache, String... others) {
        Map<String, String> environment = new HashMap<>(Map.of("SOCKS_GATEWAY_CACHE", cache.toString()));
        for (int i = 0; i < others.length; i += 2) {
            environment.put(others[i], others[i + 1]);
        }
        return environment;
    }

    private static List<String> names(Path cache) {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
