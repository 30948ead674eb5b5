package io.socksgateway.deploy.bench.micro;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.session.SessionLog;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Command;
import io.socksgateway.deploy.metrics.PrometheusMonitoring;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** All that is counted and timed for the metrics while one session lives, and a scrape. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MeteringBenchmark {

    private final PrometheusMonitoring monitoring = new PrometheusMonitoring(0);
    private final SessionEvents events = monitoring.events();
    private final SessionLog log = monitoring.log(session -> {});
    private final SessionRecord session = new SessionRecord(
            "id-1",
            "public",
            InetSocketAddress.createUnresolved("192.0.2.7", 34_880),
            "alice",
            "connect",
            null,
            null,
            "lab",
            null,
            0,
            EndReason.CLIENT_CLOSED,
            1_000,
            2_000,
            3_000);

    @TearDown
    public void stop() {
        monitoring.close();
    }

    @Benchmark
    public void session() {
        events.negotiated(1_500_000);
        events.authenticated(SessionEvents.Login.ACCEPTED, 800_000);
        events.opened("public", Command.CONNECT);
        log.ended(session);
    }

    @Benchmark
    public String scrape() {
        return monitoring.scrape();
    }
}
