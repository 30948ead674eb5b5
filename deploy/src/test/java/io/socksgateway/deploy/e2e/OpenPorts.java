package io.socksgateway.deploy.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a process waits for others, as Linux tells it. */
final class OpenPorts {

    private static final String LISTEN = "0A";
    private static final String UNCONNECTED = "07";

    private OpenPorts() {}

    /** Addresses that it listens at for TCP. */
    static List<InetSocketAddress> tcp(long pid) throws IOException {
        return of(pid, LISTEN, "tcp", "tcp6");
    }

    /** Addresses at which it takes datagrams of anybody. */
    static List<InetSocketAddress> udp(long pid) throws IOException {
        return of(pid, UNCONNECTED, "udp", "udp6");
    }

    private static List<InetSocketAddress> of(long pid, String state, String... tables) throws IOException {
        Set<String> own = sockets(pid);
        List<InetSocketAddress> found = new ArrayList<>();
        for (String table : tables) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                String[] fields = line.trim().split("\\s+", 11);
                if (fields[3].equals(state) && own.contains("socket:[" + fields[9] + "]")) {
                    found.add(address(fields[1]));
                }
            }
        }
        return found;
    }

    /** What its descriptors lead to; those that are closed meanwhile do not count. */
    private static Set<String> sockets(long pid) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                sockets.add(target(descriptor));
            }
        }
        return sockets;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }

    /** Words of four octets, each as this machine has numbers; IPv4 in IPv6 comes out as IPv4. */
    private static InetSocketAddress address(String text) throws IOException {
        String[] parts = text.split(":", 2);
        ByteBuffer octets = ByteBuffer.allocate(parts[0].length() / 2).order(ByteOrder.nativeOrder());
        for (int i = 0; i < parts[0].length(); i += 8) {
            octets.putInt(Integer.parseUnsignedInt(parts[0].substring(i, i + 8), 16));
        }
        return new InetSocketAddress(InetAddress.getByAddress(octets.array()), Integer.parseInt(parts[1], 16));
    }
}
