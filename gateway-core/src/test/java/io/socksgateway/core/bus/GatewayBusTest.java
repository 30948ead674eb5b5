package io.socksgateway.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.quota.QuotaSubject;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayBusTest {

    private static final QuotaRequest REQUEST =
            new QuotaRequest("1-1", new QuotaSubject(null, Set.of(), "192.0.2.1", "public"));

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    private QuotaOutcome acquire(long timeout) throws Exception {
        return new QuotaClient(bus, timeout).acquire(REQUEST).await(30, TimeUnit.SECONDS);
    }

    @Test
    void passesTheObjectsThemselves() throws Exception {
        QuotaOutcome granted = new QuotaOutcome.Granted(List.of("q"));
        Promise<QuotaRequest> heard = Promise.promise();
        bus.answer(BusAddresses.ACQUIRE, (QuotaRequest request) -> {
            heard.complete(request);
            return Future.succeededFuture(granted);
        });
        assertThat(acquire(60_000)).isSameAs(granted);
        assertThat(heard.future().await(30, TimeUnit.SECONDS)).isSameAs(REQUEST);
    }

    @Test
    void aFailureIsPassedOnWithItsMessage() {
        bus.answer(BusAddresses.ACQUIRE, (QuotaRequest request) -> Future.failedFuture("store down"));
        assertThatThrownBy(() -> acquire(60_000)).hasMessage("store down");
    }

    @Test
    void soIsAnException() {
        bus.answer(BusAddresses.ACQUIRE, (QuotaRequest request) -> {
            throw new IllegalStateException("a defect");
        });
        assertThatThrownBy(() -> acquire(60_000)).hasMessage("a defect");
    }

    @Test
    void silenceIsAFailureAfterTheTimeout() {
        bus.answer(BusAddresses.ACQUIRE, (QuotaRequest request) -> Promise.promise()
                .future());
        assertThatThrownBy(() -> acquire(50)).hasMessage("no answer in 50 ms");
    }

    @Test
    void nobodyBeingThereIsAFailureAtOnce() {
        assertThatThrownBy(() -> acquire(60_000)).hasMessage("nobody is there to answer");
    }

    @Test
    void releasesAreToldWithoutAnAnswer() throws Exception {
        Promise<QuotaRelease> heard = Promise.promise();
        bus.<QuotaRelease>hear(BusAddresses.RELEASE, heard::complete);
        new QuotaClient(bus, 1_000).release("1-1");
        assertThat(heard.future().await(30, TimeUnit.SECONDS)).isEqualTo(new QuotaRelease("1-1"));
    }
}
