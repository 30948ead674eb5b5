package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a server is to run.
 *
 * @param folder for its files
 * @param port of its own, on the loopback address
 * @param loginPort another one, for clients that log in
 * @param clusterPorts three more, for nodes of a cluster
 * @param target where relays lead to
 */
public record Setting(Path folder, int port, int loginPort, List<Integer> clusterPorts, InetSocketAddress target) {

    static final String HOST = "127.0.0.1";

    /** Writes a file and returns its path. */
    String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8)
                .toString();
    }
}
