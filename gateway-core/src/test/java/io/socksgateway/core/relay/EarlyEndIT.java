package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LoopCpu;
import io.socksgateway.testkit.LoopTurns;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.RelayPath;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that says all it has to say and ends, before there is a tunnel. */
class EarlyEndIT {

    private static final int SMALL = 4_096;

    /** More than fits through at once: nothing may be lost, and waiting for the target costs no time. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WRAPPED")
    void theTargetGetsItAllWhenItReads(RelayPath path) throws Exception {
        Promise<QuotaOutcome> grant = Promise.promise();
        int length = 80_000;
        try (CoreGateway gateway = path.setup()
                        .quotas(request -> grant.future())
                        .sendBuffers(SMALL)
                        .start();
                TestTarget target = TestTarget.on(InetAddress.getLoopbackAddress(), null, SMALL);
                SocksClient client = gateway.client()) {
            client.send("05 01 00" + SocksClient.connectRequest(target.address()));
            client.send(Octets.part(0, length)).finish();
            Eventually.isTrue(
                    "the FIN is there", () -> TcpState.ofPeer(client.socket()).state() == TcpState.CLOSE_WAIT);
            grant.complete(new QuotaOutcome.Granted(List.of("q")));
            client.expect("05 00").expectSuccess();
            Socket peer = target.accept();
            peer.shutdownOutput();
            client.expectEnd();
            assertThat(LoopTurns.settled(
                            gateway.vertx(), () -> TcpState.of(peer).unread()))
                    .isLessThan(length);
            long before = LoopCpu.millis();
            assertThat(gateway.records().poll(300, TimeUnit.MILLISECONDS)).isNull();
            assertThat(LoopCpu.millis() - before).isLessThan(75);
            assertThat(Octets.digest(peer.getInputStream(), length)).isEqualTo(Octets.digest(length));
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            assertThat(gateway.nextRecord().bytesUp()).isEqualTo(length);
        }
    }
}
