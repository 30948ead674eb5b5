package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.LiveSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Associations that somebody else ends, from a thread of his own. */
class KillIT {

    @ParameterizedTest
    @EnumSource(names = {"KILLED", "REVOKED"})
    void endsWithItsSocketsAndSaysWhy(EndReason reason) throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            client.ping(target, "hello");
            LiveSession session = gateway.core().onlySession();
            assertThat(session.dialled()).isEqualTo(target.address());
            assertThat(session.rule()).isEqualTo("all");
            assertThat(session.bytes().up()).isEqualTo(5);
            assertThat(session.bytes().down()).isEqualTo(5);

            session.end(reason);

            assertThat(gateway.nextRecord().reason()).isEqualTo(reason);
            client.control().expectReset();
            assertThat(gateway.core().live().size()).isZero();
            new UdpPeer("127.0.0.1", client.relay().getPort()).close(); // it can be bound again
        }
    }
}
