package io.socksgateway.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that have to be told theirs beforehand. They are free on loopback, for TCP and UDP, and below those that systems hand out,
 * so that no connection made meanwhile takes one. Test runs beside this one take others, and this one takes none twice
 * until it has had all.
 */
public final class FreePorts {

    static final int LOWEST = 15_000;
    private static final int SYSTEMS_LOWEST = 32_768;
    private static final int TRIES = 1_000;

    /** Test runs that do not get into each other's way; each has one of so many ports. */
    static final int RUNS = 16;

    private static final int EACH = (SYSTEMS_LOWEST - LOWEST) / RUNS;

    /** Which of them is ours. Kept, as a lock ends with its channel, and a channel when nobody refers to it any more. */
    private static final Run OWN = own();

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(EACH));

    private FreePorts() {}

    /** One of the runs, with the lock on its file that this process holds until it ends; without one if all are taken. */
    private record Run(int number, Optional<FileLock> lock) {}

    private static Run own() {
        for (int run = 0; run < RUNS; run++) {
            try {
                FileChannel channel = FileChannel.open(file(run), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new Run(run, Optional.of(lock));
                }
                channel.close();
            } catch (IOException e) {
                // somebody else's file
            }
        }
        return new Run(ThreadLocalRandom.current().nextInt(RUNS), Optional.empty());
    }

    /** What is locked by the test run of this number. */
    static Path file(int run) {
        return Path.of(System.getProperty("java.io.tmpdir"), "socks-gateway-test-ports-" + run);
    }

    public static List<Integer> take(int count) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int i = 0; i < TRIES && found.size() < count; i++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), EACH) * RUNS + OWN.number();
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
