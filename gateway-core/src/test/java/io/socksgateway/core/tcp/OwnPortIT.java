package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import org.junit.jupiter.api.Test;

/** Tunnels from the gateway to the gateway. */
class OwnPortIT {

    private static final int NESTED = 20;

    @Test
    void isRefusedByDefault() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().rules().start();
                SocksClient client = gateway.client()) {
            client.greet().connectTo(gateway.address());
            client.expect("05 02 00 01 00 00 00 00 00 00").expectEnd();
            SessionRecord refused = gateway.nextRecord();
            assertThat(refused.dialled()).isNull();
            assertThat(refused.replyCode()).isEqualTo(2);
        }
    }

    @Test
    void byAnyOfItsNames() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().rules().start();
                SocksClient five = gateway.client();
                SocksClient fourA = gateway.client()) {
            String port = Hex.port(gateway.address().getPort());
            five.greet().send("05 01 00 03" + Hex.counted("localhost") + port).expect("05 02");
            fourA.send("04 01" + port + "00 00 00 01 00" + Hex.ascii("localhost") + "00")
                    .expect("00 5b");
        }
    }

    /** Each level is a session of its own and no more: nothing goes round in circles. */
    @Test
    void withARuleThatAllowsItSessionsAreNested() throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.echo()) {
            try (SocksClient client = gateway.client()) {
                for (int level = 1; level < NESTED; level++) {
                    client.tunnelTo(gateway.address());
                }
                client.tunnelTo(target.address()).send("01 02 03").expect("01 02 03");
                client.finish().expectEnd();
            }
            for (int level = 0; level < NESTED; level++) {
                assertThat(gateway.nextRecord().replyCode()).isZero();
            }
        }
    }
}
