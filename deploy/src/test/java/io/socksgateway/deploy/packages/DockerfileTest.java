package io.socksgateway.deploy.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.GatewayConfig;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the Dockerfile without building it, which needs a container engine. */
class DockerfileTest {

    private static final Path FILE = Path.of("container", "Dockerfile");
    private static final String HOME = "/opt/socks-gateway/";

    /** {@code RUN make} is {@code new Instruction("RUN", "make")}. */
    private record Instruction(String word, String rest) {

        static Instruction of(String line) {
            String[] parts = line.strip().split("\\s+", 2);
            return new Instruction(parts[0].toUpperCase(Locale.ROOT), parts.length == 1 ? "" : parts[1]);
        }
    }

    private final List<Instruction> all = instructions();

    private static List<Instruction> instructions() {
        try {
            List<Instruction> read = new ArrayList<>();
            String continued = "";
            for (String line : Files.readAllLines(FILE)) {
                if (line.startsWith("#") || line.isBlank()) {
                    continue;
                }
                String whole = continued + line;
                continued = whole.endsWith("\\") ? whole.substring(0, whole.length() - 1) : "";
                if (continued.isEmpty()) {
                    read.add(Instruction.of(whole));
                }
            }
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Instruction> last() {
        int from = all.lastIndexOf(all.stream()
                .filter(line -> line.word().equals("FROM"))
                .reduce((a, b) -> b)
                .orElseThrow());
        return all.subList(from, all.size());
    }

    private String only(String word) {
        List<Instruction> found =
                last().stream().filter(line -> line.word().equals(word)).toList();
        assertThat(found).as(word).hasSize(1);
        return found.get(0).rest();
    }

    @Test
    void baseImagesAreNamedWithATagAndWithoutARegistry() {
        assertThat(all)
                .filteredOn(line -> line.word().equals("FROM"))
                .hasSize(2)
                .allSatisfy(from -> {
                    String image = from.rest().split(" ", 2)[0];
                    assertThat(image)
                            .matches("[a-z-]+(/[a-z-]+)?:[0-9][\\w.-]*")
                            .doesNotContain("latest");
                });
    }

    @Test
    void itRunsAsAnOrdinaryUser() {
        assertThat(only("USER")).matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}");
        List<String> words = last().stream().map(Instruction::word).toList();
        assertThat(words.subList(words.indexOf("USER"), words.size())).doesNotContain("RUN", "COPY", "ADD");
    }

    /** Otherwise it would be gone with the container. */
    @Test
    void whatIsKeptIsInAVolumeOfTheUser() {
        assertThat(only("VOLUME")).isEqualTo("/var/lib/socks-gateway");
        assertThat(only("ENV")).isEqualTo("STATE_DIRECTORY=/var/lib/socks-gateway");
        assertThat(last())
                .anyMatch(line -> line.word().equals("RUN")
                        && line.rest().contains("install -d -m 0700 -o gateway -g gateway /var/lib/socks-gateway"));
    }

    /** So that signals reach the gateway and no shell has a say. */
    @Test
    void whatRunsIsInTheExecForm() {
        assertThat(new JsonArray(only("ENTRYPOINT"))).containsExactly(HOME + "bin/socks-gateway");
        assertThat(new JsonArray(only("CMD"))).containsExactly("run", "--config", HOME + "conf/container.json");
        assertThat(only("STOPSIGNAL")).isEqualTo("SIGTERM");
    }

    @Test
    void itsHealthIsAsked() {
        String check = only("HEALTHCHECK");
        String command = new JsonArray(check.substring(check.indexOf("CMD") + 3)).getString(0);

        assertThat(check).contains("--interval=", "--timeout=", "--start-period=");
        assertThat(command).isEqualTo(HOME + "container/healthcheck");
        assertThat(Path.of("container", "healthcheck")).isExecutable();
    }

    @Test
    void nothingIsFetchedThatTheBuildDoesNotKnow() {
        assertThat(all).noneMatch(line -> line.word().equals("ADD"));
        assertThat(all).filteredOn(line -> line.word().equals("RUN")).allSatisfy(run -> assertThat(run.rest())
                .doesNotContain("curl ", "wget ", "sudo", "http:", "https:", "chmod 777"));
        assertThat(last()).filteredOn(line -> line.word().equals("COPY")).allSatisfy(copy -> assertThat(copy.rest())
                .startsWith("--from=build "));
    }

    /** It asks for a password, which has to be given when it is started. */
    @Test
    void theDefaultConfigurationIsValidAndNotOpen(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("conf", "container.json"), folder.resolve("gateway.json"));

        GatewayConfig config = ConfigurationFiles.valid(folder, "correct horse").config();

        assertThat(config.listeners())
                .allSatisfy(listener -> assertThat(listener.auth()).containsExactly("userpass"));
        assertThat(String.valueOf(config.listeners().get(0).port())).isEqualTo(only("EXPOSE"));
    }
}
