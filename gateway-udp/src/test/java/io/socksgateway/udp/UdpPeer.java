package io.socksgateway.udp;

import io.socksgateway.testkit.Hex;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A datagram socket on loopback, of a target or of a stranger; every wait ends after 30 seconds. */
class UdpPeer implements AutoCloseable {

    private final DatagramSocket socket;
    private InetSocketAddress lastSender;

    UdpPeer(String host, int port) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(UdpGateway.address(host), port));
        lastSender = address(); // until there is one
        socket.setSoTimeout(30_000);
        socket.setReceiveBufferSize(1 << 20);
        socket.setSendBufferSize(1 << 20);
    }

    static UdpPeer v4() throws IOException {
        return new UdpPeer("127.0.0.1", 0);
    }

    static UdpPeer v6() throws IOException {
        return new UdpPeer("::1", 0);
    }

    /** How long {@link #receive} waits, in milliseconds. */
    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** From now on only one other is heard, so that whoever else sends something is told that nobody is here. */
    void hearOnly(InetSocketAddress other) throws IOException {
        socket.connect(other);
    }

    int port() {
        return socket.getLocalPort();
    }

    final InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(InetSocketAddress to, byte[] octets) throws IOException {
        socket.send(new DatagramPacket(octets, octets.length, to));
    }

    void send(InetSocketAddress to, String hex) throws IOException {
        send(to, Hex.bytes(hex));
    }

    byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        lastSender = (InetSocketAddress) packet.getSocketAddress();
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    String receiveText() throws IOException {
        return new String(receive(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Who has sent the datagram that was received last. */
    InetSocketAddress lastSender() {
        return lastSender;
    }

    /** Sends the datagram that was received last back. */
    void answer(String text) throws IOException {
        send(lastSender, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
