package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.LogCapture;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.Stopwatch;
import org.junit.jupiter.api.Test;

/** Ports that others hold. */
class NoPortLeftIT {

    @Test
    void clientsCannotFillTheLogWithIt() throws Exception {
        try (UdpPeer foreign = UdpPeer.v4();
                UdpGateway gateway = new UdpGateway.Setup()
                        .ports(foreign.port(), foreign.port())
                        .start();
                LogCapture log = LogCapture.open()) {
            Stopwatch watch = Stopwatch.start();
            for (int i = 0; i < 20; i++) {
                try (SocksClient client = gateway.client().greet()) {
                    client.send("05 03 00 01 00000000 0000")
                            .expect("05 01 00 01 00000000 0000")
                            .expectEnd();
                }
                assertThat(gateway.nextRecord()).isNotNull();
            }
            assertThat(log.all())
                    .filteredOn(line -> line.startsWith("WARN ") && line.contains("no relay socket"))
                    // one in ten seconds, and another test may have had the first
                    .hasSizeBetween(0, 1 + (int) (watch.millis() / 10_000));
        }
    }
}
