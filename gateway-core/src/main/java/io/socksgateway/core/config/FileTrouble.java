package io.socksgateway.core.config;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why a file could not be read, in words. */
final class FileTrouble {

    private FileTrouble() {}

    static String of(Throwable failure) {
        Throwable cause = failure instanceof io.vertx.core.file.FileSystemException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
            return "there is no such file";
        } else if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = cause instanceof FileSystemException trouble ? trouble.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason.toLowerCase(Locale.ROOT);
    }
}
