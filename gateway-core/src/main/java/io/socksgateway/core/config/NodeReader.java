package io.socksgateway.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads section {@code node}. */
record NodeReader(Function<String, @Nullable String> environment) {

    private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    NodeConfig read(Section section) {
        String name = section.optional("name", NameText.NAME);
        return new NodeConfig(name == null ? hostname() : name);
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
