package io.socksgateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The passwords that the tests of a module have used, in a file, so that the last module can look for them in all reports. */
public final class KeptSecrets {

    private static final Path FILE = Path.of("target", "kept-secrets");

    private KeptSecrets() {}

    /** Adds to those of this module. */
    public static void add(Collection<String> secrets) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, secrets, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a module; none if its tests have used none. */
    public static Set<String> of(Path module) throws IOException {
        Path file = module.resolve(FILE);
        return Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : Set.of();
    }
}
