package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A client of an association: its connection, its datagram socket, and the relay's address. */
final class UdpClient extends UdpPeer {

    private final SocksClient control;
    private InetSocketAddress relay;

    private UdpClient(SocksClient control) throws IOException {
        super(control.socket().getLocalAddress().getHostAddress(), 0);
        this.control = control;
        this.relay = address(); // until the reply says where it is
    }

    /**
     * Greets and asks for an association.
     *
     * @param statedPort DST.PORT of the request, or -1 for that of the client's socket
     */
    static UdpClient associate(UdpGateway gateway, int statedPort) throws IOException {
        return request(gateway, "05 03 00 01 00 00 00 00", statedPort);
    }

    /** Greets and asks for an association with a request of its own, up to the port. */
    static UdpClient request(UdpGateway gateway, String request, int statedPort) throws IOException {
        return request(gateway.client().greet(), request, statedPort);
    }

    /** Logs in, whatever the name and the password, and asks for an association. */
    static UdpClient login(UdpGateway gateway) throws IOException {
        SocksClient control = gateway.client();
        control.send("05 01 02").expect("05 02").send("01 01 61 01 62").expect("01 00");
        return request(control, "05 03 00 01 00 00 00 00", 0);
    }

    /** An association of a client that wraps its messages, which the test does for its datagrams. */
    static UdpClient wrapping(UdpGateway gateway) throws IOException {
        return request(gateway.core().client(), "05 03 00 01 00 00 00 00", 0);
    }

    private static UdpClient request(SocksClient control, String request, int statedPort) throws IOException {
        UdpClient client = new UdpClient(control);
        control.send(request + Hex.port(statedPort < 0 ? client.port() : statedPort));
        client.relay = control.expectSuccess();
        return client;
    }

    SocksClient control() {
        return control;
    }

    /** Where the reply says that datagrams go. */
    InetSocketAddress relay() {
        return relay;
    }

    void relay(InetSocketAddress address) {
        relay = address;
    }

    /** The header with an address. */
    static String header(InetSocketAddress to) {
        byte[] address = to.getAddress().getAddress();
        return "0000 00" + (address.length == 4 ? "01" : "04") + Hex.text(address) + Hex.port(to.getPort());
    }

    /** The header with a name. */
    static String header(String name, int port) {
        return "0000 00 03" + Hex.counted(name) + Hex.port(port);
    }

    void sendText(InetSocketAddress to, String text) throws IOException {
        sendText(header(to), text);
    }

    void sendText(String header, String text) throws IOException {
        send(header, text.getBytes(StandardCharsets.US_ASCII));
    }

    void send(String header, byte[] payload) throws IOException {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        datagram.writeBytes(Hex.bytes(header));
        datagram.writeBytes(payload);
        send(relay, datagram.toByteArray());
    }

    /** Waits for an answer and checks where it comes from. */
    void expect(InetSocketAddress from, String text) throws IOException {
        assertThat(Hex.text(receive())).isEqualTo(Hex.text(Hex.bytes(header(from) + Hex.ascii(text))));
    }

    /** A round trip: whatever was sent before it has been seen by now. */
    void ping(UdpPeer target, String text) throws IOException {
        sendText(target.address(), text);
        assertThat(target.receiveText()).isEqualTo(text);
        target.answer(text);
        expect(target.address(), text);
    }

    @Override
    public void close() throws IOException {
        super.close();
        control.close();
    }
}
