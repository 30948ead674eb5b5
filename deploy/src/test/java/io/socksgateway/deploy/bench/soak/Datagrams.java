package io.socksgateway.deploy.bench.soak;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** What clients of UDP do. */
final class Datagrams {

    private static final int EXCHANGES = 20;
    private static final int SIZE = 512;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int TRIES = 5;

    private final Gateway gateway;

    Datagrams(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Some datagrams there and back through an association of its own, which ends with its connection. */
    void exchange(Talk client) throws IOException {
        try (client;
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress relay = associate(client);
            for (int i = 0; i < EXCHANGES; i++) {
                exchange(socket, relay, i);
            }
        }
    }

    /** One datagram, and then nothing more, until the gateway ends it. */
    void forget() throws IOException {
        try (Talk client = gateway.open();
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            exchange(socket, associate(client), 0);
            client.gone();
        }
    }

    private static InetSocketAddress associate(Talk client) throws IOException {
        return client.ask(Talk.ASSOCIATE, new InetSocketAddress("0.0.0.0", 0)).agreed();
    }

    /** Datagrams may be lost, though on this machine hardly five times in a row. */
    private void exchange(DatagramSocket socket, InetSocketAddress relay, int number) throws IOException {
        byte[] octets = ByteBuffer.allocate(10 + SIZE)
                .put(new byte[3])
                .put(Talk.header(gateway.datagrams()))
                .putInt(number)
                .array();
        socket.setSoTimeout(PATIENCE_MILLIS);
        DatagramPacket answer = new DatagramPacket(new byte[2 * SIZE], 2 * SIZE);
        for (int i = 0; i < TRIES; i++) {
            socket.send(new DatagramPacket(octets, octets.length, relay));
            try {
                socket.receive(answer);
                if (answer.getLength() != octets.length) {
                    throw new Surprise("a datagram of " + answer.getLength() + " octets came back");
                }
                return;
            } catch (SocketTimeoutException e) {
                // again
            }
        }
        throw new Surprise("no datagram comes back");
    }
}
