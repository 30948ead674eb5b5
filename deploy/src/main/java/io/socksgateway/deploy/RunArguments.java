package io.socksgateway.deploy;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run} is told on the command line.
 *
 * <p>Immutable.
 *
 * @param config a file or folder; null for the default configuration
 * @param listen where the first listener is, instead of where the configuration says; null for there
 */
record RunArguments(@Nullable Path config, @Nullable HostPort listen) {

    static final String COMMAND = "run";
    static final String CONFIG = "--config";
    static final String CONFIG_SHORT = "-c";
    static final String LISTEN = "--listen";
    static final String LISTEN_SHORT = "-l";

    /**
     * Reads the plain spelling of {@code run}: each option at most once and apart from its value. The command line parser
     * knows more, but to get it going takes as long as half of a start.
     *
     * @param line command and options
     * @return empty for everything else: other commands and spellings, help, errors
     */
    static Optional<RunArguments> of(String... line) {
        if (line.length % 2 == 0 || !line[0].equals(COMMAND)) {
            return Optional.empty();
        }
        Path config = null;
        HostPort listen = null;
        try {
            for (int i = 1; i < line.length; i += 2) {
                String value = line[i + 1];
                if (value.startsWith("-") || value.startsWith("@")) {
                    return Optional.empty();
                }
                switch (line[i]) {
                    case CONFIG, CONFIG_SHORT -> {
                        if (config != null) {
                            return Optional.empty();
                        }
                        config = Path.of(value);
                    }
                    case LISTEN, LISTEN_SHORT -> {
                        if (listen != null) {
                            return Optional.empty();
                        }
                        listen = HostPort.parse(value);
                    }
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(new RunArguments(config, listen));
    }
}
