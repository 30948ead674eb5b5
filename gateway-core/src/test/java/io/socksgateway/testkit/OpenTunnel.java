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
        return of(gateway.client(), target);
    }

    /** A tunnel of a client that has said nothing yet, or has negotiated, to a manual target. */
    public static OpenTunnel of(SocksClient client, TestTarget target) throws IOException, InterruptedException {
        client.tunnelTo(target.address());
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
     * How many of the octets that were sent from one end are in the gateway's own memory, if none was read at the other: those
     * that are in no buffer of the kernel.
     */
    public static long held(TcpTable kernel, Socket from, long sent, Socket to) {
        return sent
                - kernel.of(from).unacknowledged()
                - kernel.ofPeer(from).unread()
                - kernel.ofPeer(to).unacknowledged()
                - kernel.of(to).unread();
    }

    /**
     * Sends little by little from one end until the gateway leaves some of it in its kernel, which has room for more.
     *
     * @param sent how many octets were sent before
     * @param part how many at a time
     * @return how many were sent then
     */
    public static long sendUntilPaused(CoreGateway gateway, Socket from, long sent, int part) throws Exception {
        long all = sent;
        do {
            from.getOutputStream().write(Octets.part(all, part));
            all += part;
        } while (!LoopTurns.remains(gateway.vertx(), () -> TcpState.ofPeer(from).unread() > 0));
        return all;
    }

    @Override
    public void close() throws IOException {
        client.close();
        target.close();
    }
}
