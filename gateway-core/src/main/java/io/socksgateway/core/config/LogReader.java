package io.socksgateway.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads section {@code log}. */
record LogReader(Path folder) {

    private static final String STDOUT = "-";
    private static final Choice<String> LEVEL = Choice.of("error", "warn", "info", "debug");

    @Nullable
    LogConfig read(Section section) {
        String access = section.object("access", this::accessPath);
        String level = section.value("level", "info", LEVEL);
        return access == null ? null : new LogConfig(access, level);
    }

    private String accessPath(Section section) {
        PathText file = new PathText(folder, false);
        Kind<String> path = new Text<>(
                "\"-\" or " + file.expected(), (text, at) -> text.equals(STDOUT) ? STDOUT : absolute(file.read(at)));
        return section.value("path", STDOUT, path);
    }

    private static @Nullable String absolute(@Nullable Path file) {
        return file == null ? null : file.toString();
    }
}
