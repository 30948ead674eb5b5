package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.LogCapture;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.Stopwatch;
import io.vertx.core.Future;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** BIND where the address to listen on is not this machine's any more. */
class BindAddressGoneIT {

    private static final Identity ALICE = new Identity(
            "alice",
            Set.of(),
            null,
            Addresses.parse("192.0.2.1").orElseThrow(), // of no machine
            Identity.NEVER,
            "partner");

    @Test
    void clientsCannotFillTheLogWithIt() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup()
                        .auth("userpass")
                        .authenticator(request -> Future.succeededFuture(new AuthOutcome.Accepted(ALICE)))
                        .start();
                LogCapture log = LogCapture.open()) {
            Stopwatch watch = Stopwatch.start();
            for (int i = 0; i < 20; i++) {
                try (SocksClient client = gateway.client()) {
                    client.send("05 01 02")
                            .expect("05 02")
                            .send("01 01 61 01 62")
                            .expect("01 00")
                            .send("05 02 00 01 7f000001 0000")
                            .expect("05 01 00 01 00000000 0000")
                            .expectEnd();
                }
                assertThat(gateway.nextRecord()).isNotNull();
            }
            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("WARN ") && line.contains("BIND cannot listen"))
                    .hasSizeBetween(1, 1 + (int) (watch.millis() / 10_000)); // one in ten seconds
        }
    }
}
