package io.socksgateway.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads section {@code node}.
 *
 * @param folder what relative paths are relative to
 */
record NodeReader(Path folder, Function<String, @Nullable String> environment) {

    private static final Kind<Integer> SESSIONS = new WholeNumber(1, 1_000_000);
    private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    @Nullable
    NodeConfig read(Section section) {
        String name = section.optional("name", NameText.NAME);
        Integer maxSessions = section.value("maxSessions", NodeConfig.DEFAULT_MAX_SESSIONS, SESSIONS);
        boolean watch = section.value("watch", false, Flag.FLAG);
        Path data = section.value("data", data(), new PathText(folder, false));
        return maxSessions == null ? null : new NodeConfig(name == null ? hostname() : name, maxSessions, watch, data);
    }

    /** The folder that systemd, or the image of a container, has made for this. */
    private String data() {
        String variable = environment.apply("STATE_DIRECTORY");
        return variable == null || variable.isBlank() ? "data" : variable.split(":", 2)[0];
    }

    /** The machine's name as it knows it itself: a look-up could hang. */
    private String hostname() {
        String variable = environment.apply("HOSTNAME");
        if (variable != null && NameText.isName(variable)) {
            return variable;
        }
        try {
            String kernel = Files.readString(KERNEL_HOSTNAME).strip();
            return NameText.isName(kernel) ? kernel : "node";
        } catch (IOException notLinux) {
            return "node";
        }
    }
}
