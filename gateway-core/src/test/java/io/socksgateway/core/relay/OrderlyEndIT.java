package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Descriptors;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Tunnels in which both sides have said all they wanted to: whoever ends first, both sockets are closed. */
class OrderlyEndIT {

    private static final int TUNNELS = 20;

    @Test
    void theTargetEndsLast() throws Exception {
        check((client, target) -> {
            client.finish();
            assertThat(target.getInputStream().read()).isEqualTo(-1);
            target.shutdownOutput();
            client.expectEnd();
        });
    }

    @Test
    void theClientEndsLast() throws Exception {
        check((client, target) -> {
            target.shutdownOutput();
            client.expectEnd();
            client.finish();
            assertThat(target.getInputStream().read()).isEqualTo(-1);
        });
    }

    private interface Ending {
        void happen(SocksClient client, Socket target) throws Exception;
    }

    private static void check(Ending ending) throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start();
                TestTarget target = TestTarget.manual()) {
            tunnel(gateway, target, ending); // the JDK keeps some descriptors for its first sockets
            int before = Descriptors.open();
            for (int i = 0; i < TUNNELS; i++) {
                tunnel(gateway, target, ending);
            }
            assertThat(Descriptors.settled(before)).isLessThanOrEqualTo(before);
        }
    }

    private static void tunnel(CoreGateway gateway, TestTarget target, Ending ending) throws Exception {
        try (SocksClient client = gateway.client()) {
            client.tunnelTo(target.address());
            try (Socket peer = target.accept()) {
                ending.happen(client, peer);
            }
        }
        assertThat(gateway.nextRecord().replyCode()).isZero();
    }
}
