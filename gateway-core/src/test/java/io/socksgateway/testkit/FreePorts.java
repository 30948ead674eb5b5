package io.socksgateway.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for programs that have to be told theirs beforehand. They are free on loopback, for TCP and UDP, and below those that systems hand out,
 * so that no connection made meanwhile takes one.
 */
public final class FreePorts {

    private static final int LOWEST = 15_000;
    private static final int SYSTEMS_LOWEST = 32_768;
    private static final int TRIES = 1_000;

    private FreePorts() {}

    public static List<Integer> take(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int i = 0; i < TRIES && found.size() < count; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, SYSTEMS_LOWEST);
            if (isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < count) {
            throw new AssertionError("only " + found.size() + " free ports found");
        }
        return List.copyOf(found);
    }

    private static boolean isFree(int port) {
        try (ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return tcp.isBound() && udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
