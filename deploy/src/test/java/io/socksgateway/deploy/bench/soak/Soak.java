package io.socksgateway.deploy.bench.soak;

import io.socksgateway.deploy.bench.server.ProcessTree;
import io.socksgateway.deploy.bench.soak.Sample.Gauge;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Soaks the packaged gateway: as much traffic as keeps the machine busy to some degree, for some time, and samples of what the gateway
 * holds meanwhile and afterwards.
 */
final class Soak {

    private static final long STEP = TimeUnit.SECONDS.toNanos(1);
    private static final double FIRST_RATE = 200;
    private static final double MOST = 20_000;
    private static final double LEAST = 20;
    private static final double SLOWER = 0.8;
    private static final double QUICKER = 1.25;

    /** Short visitors at one time that are too many. */
    private static final int CROWDED = 100;

    /** Seconds of traffic before the gateway is looked at for the first time. */
    private static final double WARM_UP = 20;

    /** Seconds until there are as many sessions of all kinds as there will be. */
    private static final double RAMP = 60;

    private static final double SETTLING = 120;

    private final Plan plan;
    private final PrintStream log;

    /**
     * What is wanted.
     *
     * @param cpu how busy gateway, clients and targets keep the processors together, in percent
     * @param every seconds between two samples
     */
    record Plan(double minutes, double cpu, double every, Path folder, String options) {}

    /**
     * What came of it.
     *
     * @param left what is there of the traffic afterwards
     */
    record Result(
            List<Sample> samples,
            Map<String, Long> done,
            Map<String, Long> surprises,
            List<String> left,
            List<Histogram.Growth> classes,
            List<String> trouble) {}

    Soak(Plan plan, PrintStream log) {
        this.plan = plan;
        this.log = log;
    }

    Result run() throws IOException, InterruptedException {
        try (Gateway gateway = Gateway.start(plan.folder(), plan.options())) {
            warmUp(gateway);
            Rest before = rest(gateway);
            List<Sample> samples = new ArrayList<>();
            try (Traffic traffic = new Traffic(gateway, 1)) {
                load(gateway, traffic, samples);
                traffic.end();
                Rest after = Rest.await(gateway, SETTLING);
                List<String> left = after == null
                        ? List.of(Rest.busy(gateway) + " sessions that do not end")
                        : after.leftSince(before);
                return new Result(
                        samples,
                        traffic.done(),
                        traffic.surprises(),
                        left,
                        after == null ? List.of() : after.live().since(before.live()),
                        gateway.kind().trouble());
            }
        }
    }

    private void warmUp(Gateway gateway) throws InterruptedException {
        try (Traffic traffic = new Traffic(gateway, 1)) {
            traffic.rate(FIRST_RATE);
            LockSupport.parkNanos((long) (Math.min(WARM_UP, plan.every()) * 1e9));
            traffic.end();
        }
    }

    private static Rest rest(Gateway gateway) throws IOException, InterruptedException {
        Rest rest = Rest.await(gateway, SETTLING);
        if (rest == null) {
            throw new Surprise("sessions of the warm-up do not end");
        }
        return rest;
    }

    /** A closed loop: more visitors if the processors were less busy with it than they should be, fewer if more. */
    private void load(Gateway gateway, Traffic traffic, List<Sample> samples) throws IOException, InterruptedException {
        ProcessTree process = gateway.server().tree();
        int processors = Runtime.getRuntime().availableProcessors();
        double rate = FIRST_RATE;
        long start = System.nanoTime();
        Look last = Look.at(process, traffic);
        Look sampled = last;
        while (seconds(start) < plan.minutes() * 60) {
            traffic.rate(rate);
            LockSupport.parkNanos(STEP);
            Look now = Look.at(process, traffic);
            double busy = (now.cpuSince(last) + now.ownSince(last)) / processors * 100;
            last = now;
            // where other programs have the processors there is no use in more visitors
            double correction = traffic.waiting() > CROWDED ? SLOWER : correction(busy);
            rate = Math.max(LEAST, Math.min(MOST, rate * correction));
            if (seconds(start) < RAMP) {
                sampled = now;
            } else if (now.secondsSince(sampled) >= plan.every()) {
                samples.add(sample(gateway, process, seconds(start), now, sampled, processors));
                if (!traffic.surprises().isEmpty()) {
                    log.println("         otherwise than is due so far: " + traffic.surprises());
                }
                sampled = Look.at(process, traffic);
                last = sampled;
            }
            if (!gateway.server().isAlive()) {
                throw new Surprise("the gateway has ended");
            }
        }
    }

    private double correction(double busy) {
        return busy <= 0 ? 1 : Math.max(SLOWER, Math.min(QUICKER, Math.sqrt(plan.cpu() / busy)));
    }

    private Sample sample(Gateway gateway, ProcessTree process, double seconds, Look now, Look before, int processors)
            throws IOException, InterruptedException {
        Sample sample = Sample.of(
                seconds,
                Histogram.take(gateway.server().pid()),
                process,
                gateway.admin().metrics(),
                now.cpuSince(before) / processors * 100,
                (now.visits() - before.visits()) / now.secondsSince(before));
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%6.0f s", seconds));
        for (Gauge gauge : Gauge.values()) {
            line.append(String.format(
                    Locale.ROOT, "  %s %.1f", gauge.name().toLowerCase(Locale.ROOT), sample.value(gauge)));
        }
        log.println(line);
        return sample;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private record Look(long nanos, double cpu, double own, long visits) {

        static Look at(ProcessTree process, Traffic traffic) throws IOException, InterruptedException {
            return new Look(
                    System.nanoTime(), process.cpuSeconds(), ProcessTree.own().cpuSecondsOfRoot(), traffic.visits());
        }

        double secondsSince(Look earlier) {
            return (nanos - earlier.nanos) / 1e9;
        }

        /** CPU seconds of the gateway for each second. */
        double cpuSince(Look earlier) {
            return (cpu - earlier.cpu) / secondsSince(earlier);
        }

        /** The same of this process: clients and targets. */
        double ownSince(Look earlier) {
            return (own - earlier.own) / secondsSince(earlier);
        }
    }
}
