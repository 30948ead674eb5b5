package io.socksgateway.deploy.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socksgateway.deploy.bench.server.Executables;
import java.io.IOException;
import java.nio.file.Path;

/** HAProxy before the nodes of a test. */
final class Balancer implements AutoCloseable {

    private static final String PROGRAM = "haproxy";

    private final Process process;

    private Balancer(Process process) {
        this.process = process;
    }

    /** Skips the test with a message where there is none. */
    static void assumeInstalled() {
        assumeTrue(Executables.find(PROGRAM).isPresent(), PROGRAM + " is not installed");
    }

    /**
     * Starts it.
     *
     * @param folder gets what it says
     */
    static Balancer start(Path config, Path folder) throws IOException {
        String program = Executables.find(PROGRAM).orElseThrow().toString();
        return new Balancer(new ProcessBuilder(program, "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
