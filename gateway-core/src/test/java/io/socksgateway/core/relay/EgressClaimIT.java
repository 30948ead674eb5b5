package io.socksgateway.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.session.Identity;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose authenticator has chosen the address that they are seen under. */
class EgressClaimIT {

    private static final InetAddress CONFIGURED = address("127.0.0.2");
    private static final InetAddress CLAIMED = address("127.0.0.3");
    private static final InetAddress SIX = address("::1");

    private static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow();
    }

    private static CoreGateway.Setup setup(InetAddress claimed) {
        Identity alice = new Identity("alice", Set.of(), null, claimed, Identity.NEVER, "partner");
        return CoreGateway.setup()
                .egress(EgressAddresses.of(List.of(CONFIGURED)))
                .auth("userpass")
                .authenticator(request -> Future.succeededFuture(new AuthOutcome.Accepted(alice)));
    }

    private static SocksClient login(CoreGateway gateway) throws Exception {
        return gateway.client()
                .send("05 01 02")
                .expect("05 02")
                .send("01 01 61 01 62")
                .expect("01 00");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void targetsSeeTheClaimedAddress(boolean epoll) throws Exception {
        CoreGateway.Setup setup = setup(CLAIMED);
        try (CoreGateway gateway = (epoll ? setup : setup.withoutEpoll()).start();
                TestTarget target = TestTarget.manual();
                SocksClient client = login(gateway)) {
            InetSocketAddress bound = client.connectTo(target.address()).expectSuccess();
            assertThat(bound.getAddress()).isEqualTo(CLAIMED);
            assertThat(target.accept().getRemoteSocketAddress()).isEqualTo(bound);
        }
    }

    @Test
    void sixIsClaimedLikeFour() throws Exception {
        try (CoreGateway gateway = setup(SIX).start();
                TestTarget target = TestTarget.on(SIX, null, 0);
                SocksClient client = login(gateway)) {
            assertThat(client.connectTo(target.address()).expectSuccess().getAddress())
                    .isEqualTo(SIX);
        }
    }

    @Test
    void theOtherFamilyIsUnreachableAndNotSeenUnderAnotherAddress() throws Exception {
        try (CoreGateway gateway = setup(CLAIMED).start();
                TestTarget target = TestTarget.on(SIX, null, 0);
                SocksClient client = login(gateway)) {
            client.connectTo(target.address());
            client.expect("05 03 00 01 00000000 0000").expectEnd();
        }
    }

    @Test
    void ofANameOnlyTheAddressesOfItsFamilyAreDialled() throws Exception {
        try (TestTarget six = TestTarget.on(SIX, null, 0);
                TestTarget four = TestTarget.manual();
                CoreGateway gateway = setup(CLAIMED)
                        .names((loop, name, port) -> loop.newSucceededFuture(List.of(six.address(), four.address())))
                        .start();
                SocksClient client = login(gateway)) {
            client.send("05 01 00 03 " + Hex.counted("two.example") + "0050");
            assertThat(client.expectSuccess().getAddress()).isEqualTo(CLAIMED);
            assertThat(four.accept().getInetAddress()).isEqualTo(CLAIMED);
        }
    }

    @Test
    void bindListensOnIt() throws Exception {
        try (CoreGateway gateway = setup(CLAIMED).start();
                SocksClient client = login(gateway)) {
            client.send("05 02 00 01 7f000001 0000");
            InetSocketAddress bound = client.expectSuccess();
            assertThat(bound.getAddress()).isEqualTo(CLAIMED);
            try (Socket peer = new Socket(CLAIMED, bound.getPort(), address("127.0.0.1"), 0)) {
                assertThat(client.expectSuccess()).isEqualTo(peer.getLocalSocketAddress());
            }
        }
    }

    @Test
    void bindForAPeerOfTheOtherFamilyHasNowhereToListen() throws Exception {
        try (CoreGateway gateway = setup(CLAIMED).start();
                SocksClient client = login(gateway)) {
            client.send("05 02 00 04 " + "00".repeat(15) + "01 0000");
            client.expect("05 03 00 01 00000000 0000").expectEnd();
        }
    }
}
