package io.socksgateway.testkit;

import java.io.IOException;
import java.net.Socket;

/** A tunnel through a gateway with both its ends in the test's hands. */
public final class OpenTunnel implements AutoCloseable {

    private final SocksClient client;
    private final Socket target;

    private OpenTunnel(SocksClient client, Socket target) {
        this.client = client;
        this.target = target;
    }

    /** A tunnel to a manual target. */
    public static OpenTunnel through(CoreGateway gateway, TestTarget target) throws IOException, InterruptedException {
        SocksClient client = gateway.client().tunnelTo(target.address());
        return new OpenTunnel(client, target.accept());
    }

    public SocksClient client() {
        return client;
    }

    /** The client's end. */
    public Socket near() {
        return client.socket();
    }

    /** The target's end. */
    public Socket far() {
        return target;
    }

    /**
     * How many of the octets that were sent from one end are in the gateway's own memory: those that are in no buffer of
     * the kernel and were not read at the other end.
     */
    public static long held(Socket from, long sent, Socket to, long read) throws IOException {
        return sent
                - TcpState.of(from).unacknowledged()
                - TcpState.ofPeer(from).unread()
                - TcpState.ofPeer(to).unacknowledged()
                - TcpState.of(to).unread()
                - read;
    }

    @Override
    public void close() throws IOException {
        client.close();
        target.close();
    }
}
