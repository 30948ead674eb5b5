package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.deploy.admin.Operations;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadsIT {

    private final Path file;
    private final RunArguments arguments;
    private boolean watch;

    ReloadsIT(@TempDir Path folder) throws IOException {
        this.file = folder.resolve("gateway.json");
        this.arguments = new RunArguments(file, null);
        write("[]");
    }

    private void write(String rules) throws IOException {
        Files.writeString(file, """
                {"node": {"watch": %s},
                 "listeners": [{"port": 0}],
                 "rules": %s,
                 "timeouts": {"drain": "0s"},
                 "log": {"access": {"path": "access.log"}}}""".formatted(watch, rules));
    }

    @Test
    void whatTakesLongerThanTheAnswerMayIsAppliedAllTheSame() throws Exception {
        Service service = Service.start(arguments);
        try (LogCapture log = LogCapture.open()) {
            Reloads reloads = reloads(service, 1);
            CountDownLatch answered = new CountDownLatch(1);
            BlockingQueue<GatewayConfig> told = new LinkedBlockingQueue<>();
            reloads.whenApplied(config -> await(answered));
            reloads.whenApplied(told::add);
            write("[{\"action\": \"deny\", \"ports\": [25]}]");

            assertThat(Await.failure(reloads.reload())).isInstanceOf(TimeoutException.class);
            assertThat(told).isEmpty();
            answered.countDown();

            assertThat(Eventually.next(told, "the configuration").rules()).hasSize(1);
            log.await("configuration reloaded: rules");
            assertThat(log.all()).noneMatch(line -> line.contains("stays in force"));
        } finally {
            assertThat(service.stop()).isTrue();
        }
    }

    @Test
    void oneThatHangsIsSaidToWhoeverAsksBehindIt() throws Exception {
        Service service = Service.start(arguments);
        try (LogCapture log = LogCapture.open()) {
            Reloads reloads = reloads(service, 1_000);
            CountDownLatch hangs = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            reloads.whenApplied(config -> {
                hangs.countDown();
                await(released);
            });
            write("[{\"action\": \"deny\", \"ports\": [25]}]");

            Future<Operations.Reload> first = reloads.reload();
            await(hangs);
            Future<Operations.Reload> second = reloads.reload();
            assertThat(Await.failure(first)).isExactlyInstanceOf(TimeoutException.class);
            assertThat(Await.failure(second)).isInstanceOf(Operations.StillQueuedException.class);
            Eventually.isTrue("an alert fires", () -> !reloads.counts().lastWentWell());
            assertThat(reloads.reload().cause())
                    .as("without waiting for it")
                    .isInstanceOf(Operations.StillQueuedException.class);

            released.countDown();
            log.await("configuration reloaded: rules");
            Eventually.isTrue(
                    "those behind it are through",
                    () -> log.all().stream()
                                    .filter(line -> line.contains("reload: nothing has changed"))
                                    .count()
                            == 2);
            Eventually.isTrue("the alert ends", () -> reloads.counts().lastWentWell());
        } finally {
            assertThat(service.stop()).isTrue();
        }
    }

    private Reloads reloads(Service service, long patience) {
        return new Reloads(service.node().vertx(), new ConfigSource(arguments), service.gateway(), patience);
    }

    @Test
    void aChangeDuringTheStartIsNoticedToo() throws Exception {
        watch = true;
        write("[]");
        try (LogCapture log = LogCapture.open()) {
            CompletableFuture<Service> start = CompletableFuture.supplyAsync(this::start);
            log.await("tunnels move octets by");
            write("[{\"action\": \"deny\", \"ports\": [25]}]");
            log.await("configuration reloaded: rules");
            assertThat(start.join().stop()).isTrue();
        }
    }

    private Service start() {
        try {
            return Service.start(arguments);
        } catch (CommandFailure e) {
            throw new CompletionException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
