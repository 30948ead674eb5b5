package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.Blackhole;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.OpenTunnel;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gateway that stops takes its sessions along. */
class UndeployIT {

    private static CoreGateway.Setup counting() {
        return CoreGateway.setup().quotas(request -> Future.succeededFuture(new QuotaOutcome.Granted(List.of("q"))));
    }

    @Test
    void openSessionsEndAndAreGivenBack() throws Exception {
        try (CoreGateway gateway = counting().start();
                TestTarget target = TestTarget.manual();
                OpenTunnel tunnel = OpenTunnel.through(gateway, target)) {
            gateway.undeployRelays();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.DRAINED);
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
            tunnel.client().expectEnd();
            assertThat(tunnel.far().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void soDoThoseThatAreDialling() throws Exception {
        try (CoreGateway gateway = counting().start();
                Blackhole hole = Blackhole.open();
                SocksClient client = gateway.client()) {
            int port = hole.address().getPort();
            long before = TcpState.countTo(port);
            client.greet().connectTo(hole.address());
            Eventually.isTrue("dialled", () -> TcpState.countTo(port) > before);
            gateway.undeployRelays();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.DRAINED);
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
            client.expectEnd();
        }
    }

    @Test
    void withoutARelayTheRequestIsAGeneralFailure() throws Exception {
        try (CoreGateway gateway = counting().start();
                TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            gateway.undeployRelays();
            client.greet()
                    .connectTo(target.address())
                    .expect("05 01 00 01 00000000 0000")
                    .expectEnd();
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.ERROR);
            assertThat(gateway.nextRelease()).isEqualTo(record.id());
        }
    }

    @Test
    void closingEndsEverythingAndTheListener() throws Exception {
        CoreGateway gateway = counting().start();
        int port = gateway.address().getPort();
        try (TestTarget target = TestTarget.manual();
                OpenTunnel tunnel = OpenTunnel.through(gateway, target);
                SocksClient half = gateway.client().greet()) {
            assertThat(TcpState.listens(port)).isTrue();
            gateway.close();
            tunnel.client().readToEnd();
            half.expectEnd();
            assertThat(gateway.nextRecord().replyCode() + gateway.nextRecord().replyCode())
                    .as("one with its success, one without a reply")
                    .isEqualTo(SessionRecord.NO_REPLY);
            assertThat(TcpState.listens(port)).isFalse();
        }
    }
}
