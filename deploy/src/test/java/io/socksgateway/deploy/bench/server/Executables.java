package io.socksgateway.deploy.bench.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that are installed. */
public final class Executables {

    /** Where servers are, though not on the path of every user. */
    private static final List<String> ALSO = List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin");

    private Executables() {}

    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":", -1)), ALSO.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
