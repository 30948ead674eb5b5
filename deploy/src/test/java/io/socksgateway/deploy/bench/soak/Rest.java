package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.server.ProcessTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway holds when nobody is there.
 *
 * <p>Immutable.
 */
record Rest(int descriptors, double threads, Histogram live) {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);

    /** Descriptors that may be kept: pipes for splicing are, and a connection of whoever asks for metrics. */
    private static final int SPARE_DESCRIPTORS = 48;

    /** Threads that may be started later: workers are when there is work. */
    private static final int SPARE_THREADS = 30;

    /** Objects of a class that may be kept: of twenty addresses and thirty users up to ten wrong passwords each, for a minute. */
    private static final int SPARE_OBJECTS = 600;

    /** Of these an event loop keeps 1,024 from its first association on, whenever that comes. */
    private static final String OF_LOOPS = "io.netty.channel.epoll.NativeDatagramPacketArray";

    /**
     * Waits until there is no session, none begins, and no quota counts any; then looks.
     *
     * @return null if that is not so in time
     */
    static @Nullable Rest await(Gateway gateway, double seconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (busy(gateway) > 0) {
            if (System.nanoTime() - start > seconds * 1e9) {
                return null;
            }
            LockSupport.parkNanos(LOOK);
        }
        Histogram live = Histogram.take(gateway.server().pid());
        ProcessTree tree = gateway.server().tree();
        return new Rest(tree.descriptors(), gateway.admin().metrics().sum("jvm_threads_live_threads", ""), live);
    }

    /** Sessions, clients that may become some, and what quotas take for sessions. */
    static double busy(Gateway gateway) throws IOException, InterruptedException {
        Metrics metrics = gateway.admin().metrics();
        return metrics.sum("sessions_open", "")
                + metrics.sum("sessions_opening", "")
                + metrics.sum("clients_negotiating", "")
                + gateway.admin().countedSessions();
    }

    /** What is left of traffic that was there between the two, in words; empty if nothing is. */
    List<String> leftSince(Rest before) {
        List<String> left = new ArrayList<>();
        if (descriptors > before.descriptors + SPARE_DESCRIPTORS) {
            left.add("descriptors: " + before.descriptors + " -> " + descriptors);
        }
        if (threads > before.threads + SPARE_THREADS) {
            left.add("threads: " + before.threads + " -> " + threads);
        }
        live.since(before.live).stream()
                .filter(growth -> growth.more() > SPARE_OBJECTS)
                .filter(growth -> growth.name().startsWith("io.socksgateway.")
                        || growth.name().startsWith("io.netty.channel."))
                .filter(growth -> !growth.name().startsWith(OF_LOOPS))
                .forEach(growth -> left.add(growth.toString()));
        return left;
    }
}
