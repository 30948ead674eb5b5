package io.socksgateway.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.bench.server.RunningServer;
import io.socksgateway.deploy.bench.server.SoakedGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The soak in short: when all have left, nothing of them is left. */
@EnabledOnOs(OS.LINUX)
class SoakIT {

    private static final double SETTLING = 60;
    private static final int WARM_UP = 300;
    private static final int VISITS = 2_000;
    private static final double RATE = 600;
    private static final Set<String> KINDS =
            Set.of("login", "udp", "bind", "killed", "reload", "wrong password", "malformed", "denied");
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(120);

    @Test
    void nothingIsLeftOfAnybody(@TempDir Path folder) throws Exception {
        RunningServer.prepare(new SoakedGateway(folder, ""));
        try (Gateway gateway = Gateway.start(folder, "-XX:TieredStopAtLevel=1")) {
            List<Activity> quick = Activities.of(gateway).stream()
                    .filter(activity -> !activity.waits())
                    .toList();
            run(gateway, WARM_UP, quick, Set.of());
            Rest before = Rest.await(gateway, SETTLING);
            assertThat(before).as("who has warmed it up leaves").isNotNull();

            run(gateway, VISITS, Activities.of(gateway), KINDS);

            Rest after = Rest.await(gateway, SETTLING);
            assertThat(after).as("all leave: %s are there", Rest.busy(gateway)).isNotNull();
            assertThat(after.leftSince(before)).isEmpty();
            assertThat(gateway.kind().trouble()).isEmpty();
        }
    }

    /** Lets so many come, with what others do beside, and for as long as it takes to have done some of it. */
    private static void run(Gateway gateway, int visits, List<Activity> activities, Set<String> kinds)
            throws InterruptedException {
        try (Traffic traffic = new Traffic(gateway, 1, activities)) {
            traffic.rate(RATE);
            long start = System.nanoTime();
            while ((traffic.visits() < visits || !traffic.done().keySet().containsAll(kinds))
                    && System.nanoTime() - start < DEADLINE) {
                LockSupport.parkNanos(LOOK);
            }
            traffic.end();
            Map<String, Long> done = traffic.done();
            assertThat(done.keySet()).containsAll(kinds);
            Map<String, Long> surprises = traffic.surprises();
            long all = done.values().stream().mapToLong(Long::longValue).sum();
            long wrong = surprises.values().stream().mapToLong(Long::longValue).sum();
            assertThat(wrong).as("of %d: %s", all, surprises).isLessThan(all / 50 + 5);
            assertThat(surprises).doesNotContainKey("visit: CORRUPTED");
        }
    }
}
