package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Fragments over the wire; {@link ReassemblyTest} has the table. */
class FragmentsIT {

    @Test
    void fragmentsBecomeOneDatagram() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            fragment(client, target, 1, "he");
            fragment(client, target, 2, "ll");
            fragment(client, target, 0x83, "o");
            assertThat(target.receiveText()).isEqualTo("hello");
            target.answer("yes");
            client.expect(target.address(), "yes");
            assertThat(gateway.drops(Drop.FRAGMENT)).isZero();
            client.control().finish().expectEnd();
            assertThat(gateway.nextRecord().bytesUp()).isEqualTo(5);
        }
    }

    @Test
    void aStandaloneDatagramEndsTheSequenceAndPasses() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            fragment(client, target, 1, "a");
            fragment(client, target, 2, "b");
            client.ping(target, "standalone");
            assertThat(gateway.drops(Drop.FRAGMENT)).isEqualTo(2);
            fragment(client, target, 0x83, "c");
            fragment(client, target, 1, "d");
            fragment(client, target, 0x82, "e");
            assertThat(target.receiveText()).isEqualTo("de");
            assertThat(gateway.drops(Drop.FRAGMENT)).isEqualTo(3);
        }
    }

    @Test
    void namesHaveFragmentsToo() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v6();
                UdpClient client = gateway.associate()) {
            String rest = UdpClient.header("six.test", target.port()).substring(7);
            client.sendText("0000 01" + rest, "a".repeat(30_000));
            client.sendText("0000 82" + rest, "b".repeat(30_000));
            client.ping(target, "x");
            gateway.names().answer("six.test", target.port(), "::1");
            assertThat(target.receiveText()).isEqualTo("a".repeat(30_000) + "b".repeat(30_000));
        }
    }

    @Test
    void outOfOrderIsAbandonedAndTheNextSequenceIsFine() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpPeer other = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            fragment(client, target, 1, "a");
            fragment(client, target, 3, "c");
            fragment(client, target, 0x82, "b");
            fragment(client, target, 1, "d");
            fragment(client, other, 0x82, "e");
            fragment(client, target, 1, "f");
            fragment(client, target, 0x82, "g");
            assertThat(target.receiveText()).isEqualTo("fg");
            client.ping(other, "x");
            assertThat(gateway.drops(Drop.FRAGMENT)).isEqualTo(5);
        }
    }

    @Test
    void theTimerAbandons() throws Exception {
        try (UdpGateway gateway = new UdpGateway.Setup().reassembly(200).start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            fragment(client, target, 1, "a");
            gateway.awaitDrop(Drop.FRAGMENT);
            fragment(client, target, 0x82, "b");
            client.ping(target, "y");
            assertThat(gateway.drops(Drop.FRAGMENT)).isEqualTo(2);
        }
    }

    @Test
    void switchedOffEveryFragmentIsDropped() throws Exception {
        try (UdpGateway gateway = new UdpGateway.Setup().reassembly(0).start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            fragment(client, target, 1, "a");
            fragment(client, target, 0x82, "b");
            fragment(client, target, 0x81, "c");
            client.ping(target, "x");
            assertThat(gateway.drops(Drop.FRAGMENT)).isEqualTo(3);
        }
    }

    @Test
    void aSequenceThatIsNotFinishedEndsWithTheAssociation() throws Exception {
        try (UdpGateway gateway = UdpGateway.start();
                UdpPeer target = UdpPeer.v4();
                UdpClient client = gateway.associate()) {
            fragment(client, target, 1, "a");
            client.send(client.relay(), "00"); // to be waited for, behind it
            gateway.awaitDrop(Drop.MALFORMED);
            client.control().reset();
            assertThat(gateway.nextRecord()).isNotNull();
            assertThat(gateway.drops(Drop.FRAGMENT)).isEqualTo(1);
        }
    }

    private static void fragment(UdpClient client, UdpPeer target, int octet, String text) throws IOException {
        String header = UdpClient.header(target.address());
        client.send(
                "0000 %02x".formatted(octet) + header.substring("0000 00".length()),
                text.getBytes(StandardCharsets.US_ASCII));
    }
}
