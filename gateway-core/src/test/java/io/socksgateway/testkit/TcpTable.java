package io.socksgateway.testkit;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The TCP connections of this machine as the kernel lists them, at one moment or nearly so. There may be thousands that have
 * ended a while ago, so only the rows that are asked for are taken apart.
 *
 * <p>Immutable.
 */
public final class TcpTable {

    private static final List<Path> FILES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final int LISTEN = 10;
    /** Column of a socket's own number. */
    private static final int NUMBER = 13;

    private final List<String> rows;

    private TcpTable(List<String> rows) {
        this.rows = rows;
    }

    public static TcpTable read() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : FILES) {
            if (Files.exists(file)) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return new TcpTable(all.toString().lines().toList());
    }

    /** The end that a socket has. */
    public TcpState of(Socket socket) {
        return of(socket.getLocalPort(), socket.getPort());
    }

    /** The other end of a socket, on this machine too. */
    public TcpState ofPeer(Socket socket) {
        return of(socket.getPort(), socket.getLocalPort());
    }

    /** The number of sockets that are connected or connecting to a port. */
    long countTo(int remotePort) {
        return fields(remotePort).filter(row -> hex(row[4]) == remotePort).count();
    }

    /** Whether one of these sockets, by the kernel's names, listens at a port. */
    boolean listens(int port, Set<String> sockets) {
        return fields(port)
                .anyMatch(row -> hex(row[2]) == port
                        && hex(row[5]) == LISTEN
                        && sockets.contains("socket:[" + row[NUMBER] + "]"));
    }

    private TcpState of(int localPort, int remotePort) {
        return fields(localPort)
                .filter(row -> hex(row[2]) == localPort && hex(row[4]) == remotePort)
                .map(row -> parse((int) hex(row[5]), hex(row[6]), hex(row[7])))
                .findFirst()
                .orElse(TcpState.GONE);
    }

    /** The rows that have such a port at either end. */
    private Stream<String[]> fields(int port) {
        String end = String.format(Locale.ROOT, ":%04X ", port);
        return rows.stream().filter(row -> row.contains(end)).map(row -> row.trim()
                .split("[ :]+"));
    }

    /** The kernel counts a FIN that waits behind the octets as one of them. */
    private static TcpState parse(int state, long unacknowledged, long unread) {
        return new TcpState(state, unacknowledged, state == TcpState.CLOSE_WAIT && unread > 0 ? unread - 1 : unread);
    }

    private static long hex(String field) {
        return Long.parseLong(field, 16);
    }
}
