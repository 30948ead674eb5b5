package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An example configuration of the distribution, with what ties it to a network of its own replaced by loopback; everything
 * else runs as it is written.
 */
final class Example {

    private static final Path EXAMPLES = Path.of("target", "dist", "socks-gateway", "conf", "examples");

    private final String name;
    private String text;

    private Example(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static Example of(String name) throws IOException {
        return new Example(name, Files.readString(EXAMPLES.resolve(name)));
    }

    /** Listens on loopback, on any free port. */
    Example onLoopback() {
        return replacing("\"host\": \"\\S+\", \"port\": 1080", "\"host\": \"127.0.0.1\", \"port\": 0");
    }

    /**
     * Replaces what is written there, wherever it is.
     *
     * @param expression must be found
     */
    Example replacing(String expression, String replacement) {
        String replaced = text.replaceAll(expression, replacement);
        assertThat(replaced).as("%s in %s", expression, name).isNotEqualTo(text);
        text = replaced;
        return this;
    }

    /** Replaces a port of targets. */
    Example port(int written, int real) {
        return replacing("\"" + written + "\"", "\"" + real + "\"");
    }

    /** Writes it into a folder under its own name. */
    Path in(Path folder) throws IOException {
        return Files.writeString(folder.resolve(Path.of(name).getFileName()), text);
    }

    /**
     * Writes the file of users that the examples ask for, each with the same password.
     *
     * @param namesAndGroups each as {@code "alice:staff"}
     */
    static void users(Path folder, String password, String... namesAndGroups) throws Exception {
        String hash = Distribution.run(password + "\n", "hash").out().strip();
        List<String> users = List.of(namesAndGroups).stream()
                .map(user -> user.split(":", 2))
                .map(user -> """
                        {"name": "%s", "password": "%s", "groups": ["%s"]}""".formatted(user[0], hash, user[1]))
                .toList();
        Files.writeString(
                Files.createDirectories(folder.resolve("secrets")).resolve("users.json"),
                "{\"users\": [" + String.join(", ", users) + "]}");
    }
}
