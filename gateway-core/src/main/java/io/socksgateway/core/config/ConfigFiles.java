package io.socksgateway.core.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a configuration, in the order in which they are merged.
 *
 * <p>Immutable.
 *
 * @param folder absolute; what relative paths in the files are relative to
 * @param errors why there are no files
 */
record ConfigFiles(Path folder, List<Path> files, List<ConfigError> errors) {

    ConfigFiles {
        files = List.copyOf(files);
        errors = List.copyOf(errors);
    }

    /** The file itself, or every {@code *.json} in a folder by name; hidden ones are left out. Blocks. */
    static ConfigFiles at(Path path) {
        Path absolute = path.toAbsolutePath();
        if (!Files.isDirectory(path)) {
            Path parent = absolute.getParent();
            return new ConfigFiles(parent == null ? absolute : parent, List.of(path), List.of());
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, ConfigFiles::isConfig)) {
            entries.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            return nothing(absolute, path, "cannot be read: " + FileTrouble.of(e), "");
        }
        files.sort(Comparator.comparing(ConfigFiles::name));
        return files.isEmpty()
                ? nothing(absolute, path, "holds no configuration", "expected: at least one file named *.json")
                : new ConfigFiles(absolute, files, List.of());
    }

    private static ConfigFiles nothing(Path folder, Path path, String message, String hint) {
        return new ConfigFiles(folder, List.of(), List.of(new ConfigError(path.toString(), message, hint)));
    }

    private static boolean isConfig(Path file) {
        return name(file).endsWith(".json") && !name(file).startsWith(".");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
