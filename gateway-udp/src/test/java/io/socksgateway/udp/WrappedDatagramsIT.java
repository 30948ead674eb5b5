package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.ToyContext;
import io.socksgateway.testkit.WrappedSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Associations of clients that wrap their messages: each datagram is one. */
class WrappedDatagramsIT {

    private static final int FRAME = 4;

    private UdpGateway gateway;
    private UdpPeer target;
    private UdpClient client;
    private WrappedSocket socket;

    @BeforeEach
    void associate() throws Exception {
        UdpGateway.Setup setup = new UdpGateway.Setup();
        setup.core.wrapping();
        gateway = setup.start();
        target = UdpPeer.v4();
        client = UdpClient.wrapping(gateway);
        socket = (WrappedSocket) client.control().socket();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        target.close();
        gateway.close();
    }

    private byte[] wrapped(String header, byte[] payload) {
        byte[] head = Hex.bytes(header);
        byte[] datagram = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, datagram, head.length, payload.length);
        return socket.wrapped(datagram, 0, datagram.length);
    }

    private byte[] wrapped(String text) {
        return wrapped(UdpClient.header(target.address()), text.getBytes(StandardCharsets.US_ASCII));
    }

    private void send(byte[] datagram) throws Exception {
        client.send(client.relay(), datagram);
    }

    private String received() throws Exception {
        return Hex.text(socket.opened(client.receive()));
    }

    private String answer(String text) {
        return Hex.text(Hex.bytes(UdpClient.header(target.address()) + Hex.ascii(text)));
    }

    @Test
    void thereAndBack() throws Exception {
        for (String text : new String[] {"one", "", "three"}) {
            send(wrapped(text));
            assertThat(target.receiveText()).isEqualTo(text);
            target.answer("re: " + text);
            assertThat(received()).isEqualTo(answer("re: " + text));
        }
    }

    @Test
    void theyMayComeInAnyOrderButOnlyOnce() throws Exception {
        byte[] first = wrapped("first");
        byte[] second = wrapped("second");
        byte[] lost = wrapped("lost");
        byte[] third = wrapped("third");
        assertThat(lost).isNotEmpty();
        send(second);
        send(first);
        send(third);
        send(second);
        send(third);
        assertThat(target.receiveText()).isEqualTo("second");
        assertThat(target.receiveText()).isEqualTo("first");
        assertThat(target.receiveText()).isEqualTo("third");
        Eventually.isTrue("both are dropped", () -> gateway.drops(Drop.MALFORMED) == 2);
    }

    @Test
    void whatIsNotOneMessageIsDroppedAndPinsNobody() throws Exception {
        byte[] right = wrapped("right");
        byte[] changed = right.clone();
        changed[right.length - 6] ^= 1;
        send(changed);
        send(Arrays.copyOf(right, right.length - 1));
        send(Arrays.copyOf(right, right.length + 1));
        send(Hex.bytes(UdpClient.header(target.address()) + "61")); // in the clear
        send(new byte[0]);
        Eventually.isTrue("all are dropped", () -> gateway.drops(Drop.MALFORMED) == 5);
        try (UdpPeer elsewhere = UdpPeer.v4()) {
            elsewhere.send(client.relay(), right);
            assertThat(target.receiveText()).isEqualTo("right");
        }
    }

    @Test
    void fragmentsAreMessagesToo() throws Exception {
        String header = UdpClient.header(target.address());
        send(wrapped(header.replaceFirst("0000 00", "0000 01"), new byte[] {'a'}));
        send(wrapped(header.replaceFirst("0000 00", "0000 82"), new byte[] {'b'}));
        assertThat(target.receiveText()).isEqualTo("ab");
    }

    @Test
    void theLongestAnswerHasRoomForItsMessage() throws Exception {
        send(wrapped("hello"));
        assertThat(target.receiveText()).isEqualTo("hello");
        int most = 65_507 - FRAME - ToyContext.OVERHEAD - Hex.bytes(UdpClient.header(target.address())).length;
        target.send(target.lastSender(), new byte[most + 1]);
        target.send(target.lastSender(), new byte[most]);
        byte[] datagram = client.receive();
        assertThat(datagram).hasSize(65_507);
        Eventually.isTrue("the longer one is dropped", () -> gateway.drops(Drop.UNSENDABLE) == 1);
    }

    /** A datagram that is lost leaves a gap, which is none in the connection. */
    @Test
    void theConnectionOutlivesWhatIsLost() throws Exception {
        assertThat(wrapped("lost")).isNotEmpty();
        client.control().send("00");
        send(wrapped("hello"));
        assertThat(target.receiveText()).isEqualTo("hello");
        client.control().close();
        assertThat(gateway.core().nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    @Test
    void nonsenseInTheConnectionEndsTheAssociation() throws Exception {
        socket.raw().getOutputStream().write(new byte[] {5, 5});
        assertThat(Hex.text(socket.raw().getInputStream().readAllBytes())).isEqualTo("01 ff");
        assertThat(gateway.core().nextRecord().reason()).isEqualTo(EndReason.MALFORMED);
    }
}
