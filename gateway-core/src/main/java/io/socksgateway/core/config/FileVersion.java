package io.socksgateway.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What changes when a file is written, replaced or allowed to be read.
 *
 * <p>Immutable.
 */
public record FileVersion(
        FileTime modified, long size, @Nullable Object key, boolean readable) {

    /** Which version is there, or null if none can be seen. Blocks. */
    public static @Nullable FileVersion of(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileVersion(file.lastModifiedTime(), file.size(), file.fileKey(), Files.isReadable(path));
        } catch (IOException e) {
            return null;
        }
    }
}
