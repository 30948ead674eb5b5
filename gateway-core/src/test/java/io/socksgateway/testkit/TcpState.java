package io.socksgateway.testkit;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** The end that the socket has. */
    public static TcpState of(Socket socket) throws IOException {
        return of(socket.getLocalPort(), socket.getPort());
    }

    /** The other end of a socket, on this machine too. */
    public static TcpState ofPeer(Socket socket) throws IOException {
        return of(socket.getPort(), socket.getLocalPort());
    }

    /** The number of sockets that are connected or connecting to a port. */
    public static long countTo(int remotePort) throws IOException {
        return rows().filter(fields -> hex(fields[4]) == remotePort).count();
    }

    private static TcpState of(int localPort, int remotePort) throws IOException {
        return rows().filter(fields -> hex(fields[2]) == localPort && hex(fields[4]) == remotePort)
                .map(fields -> parse((int) hex(fields[5]), hex(fields[6]), hex(fields[7])))
                .findFirst()
                .orElse(GONE);
    }

    private static Stream<String[]> rows() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path table : TABLES) {
            lines.addAll(Files.readAllLines(table));
        }
        return lines.stream().filter(line -> !line.contains("local_address")).map(line -> line.trim()
                .split("[ :]+"));
    }

    /** The kernel counts a FIN that waits behind the octets as one of them. */
    private static TcpState parse(int state, long unacknowledged, long unread) {
        return new TcpState(state, unacknowledged, state == CLOSE_WAIT && unread > 0 ? unread - 1 : unread);
    }

    private static long hex(String field) {
        return Long.parseLong(field, 16);
    }
}
