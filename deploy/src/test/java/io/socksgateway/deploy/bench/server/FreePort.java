package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that cannot take a free one itself. It is below those that systems hand out, or a connection could have
 * it before the server, and below those that tests take, which are not on the class path here.
 */
final class FreePort {

    private static final int LOWEST = 10_000;
    private static final int TESTS_LOWEST = 15_000;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    static int find() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, TESTS_LOWEST);
            try (ServerSocketChannel probe = ServerSocketChannel.open()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                if (GIVEN.add(port)) {
                    return port;
                }
            } catch (BindException e) {
                // somebody has it
            }
        }
        throw new IOException("no free port found");
    }
}
