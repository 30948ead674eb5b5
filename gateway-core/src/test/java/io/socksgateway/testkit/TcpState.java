package io.socksgateway.testkit;

import java.io.IOException;
import java.net.Socket;

/**
 * What the kernel has of one end of a TCP connection on loopback.
 *
 * @param state number of the state: {@link #ESTABLISHED}, {@link #CLOSE_WAIT} and others
 * @param unacknowledged octets written that the other end's kernel has not acknowledged
 * @param unread octets received that were not read
 */
public record TcpState(int state, long unacknowledged, long unread) {

    public static final int ESTABLISHED = 1;
    /** The other end has sent its FIN, this one has not. */
    public static final int CLOSE_WAIT = 8;

    /** There is no such connection. */
    public static final TcpState GONE = new TcpState(0, 0, 0);

    /** The end that the socket has. */
    public static TcpState of(Socket socket) throws IOException {
        return TcpTable.read().of(socket);
    }

    /** The other end of a socket, on this machine too. */
    public static TcpState ofPeer(Socket socket) throws IOException {
        return TcpTable.read().ofPeer(socket);
    }

    /** The number of sockets that are connected or connecting to a port. */
    public static long countTo(int remotePort) throws IOException {
        return TcpTable.read().countTo(remotePort);
    }

    /** Whether this process itself listens at a port; one that it has closed may already be somebody else's. */
    public static boolean listens(int port) throws IOException {
        return TcpTable.read().listens(port, Descriptors.sockets());
    }
}
