package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who were let in for some time only. */
class ExpiryIT {

    @ParameterizedTest
    @ValueSource(longs = {300, 0})
    void theTunnelEndsWithTheTime(long millis) throws Exception {
        try (CoreGateway gateway = CoreGateway.setup()
                        .auth("userpass")
                        .authenticator(request -> Future.succeededFuture(new AuthOutcome.Accepted(new Identity(
                                "alice", Set.of(), null, null, System.currentTimeMillis() + millis, "plugin"))))
                        .start();
                TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            client.send("05 01 02").expect("05 02");
            client.send("01 05 616c696365 06 736563726574").expect("01 00");
            client.connectTo(target.address());
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.REVOKED);
            assertThat(gateway.live().size()).isZero();
        }
    }
}
