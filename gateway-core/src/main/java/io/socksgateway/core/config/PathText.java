package io.socksgateway.core.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The path of a file, made absolute.
 *
 * @param folder what a relative path is relative to: where the configuration is
 * @param mustExist whether a file must be there that may be read
 */
record PathText(Path folder, boolean mustExist) implements Kind<Path> {

    @Override
    public @Nullable Path read(Cursor at) {
        if (!(at.value() instanceof String text) || text.isBlank()) {
            at.unexpected(expected());
            return null;
        }
        try {
            Path path = folder.resolve(text).toAbsolutePath().normalize();
            if (mustExist && !(Files.isReadable(path) && !Files.isDirectory(path))) {
                at.fail(Shown.quoted(text), "there is no file to read at " + Shown.quoted(path.toString()));
                return null;
            }
            return path;
        } catch (InvalidPathException e) {
            at.unexpected(expected());
            return null;
        }
    }

    @Override
    public String expected() {
        return "the path of a file, relative to the folder of the configuration";
    }
}
