package io.socksgateway.core.net.dns;

import io.netty.resolver.HostsFileEntriesProvider;
import io.socksgateway.core.address.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this machine knows of names: its name servers ({@code /etc/resolv.conf}) and its hosts file.
 *
 * <p>Search domains and options of resolv.conf have no meaning here: a name that a client asks for is looked up as it
 * stands. Immutable.
 *
 * @param servers at least one
 * @param ipv4 addresses by name in lower case; likewise {@code ipv6}
 */
record SystemNames(
        List<InetSocketAddress> servers, Map<String, List<InetAddress>> ipv4, Map<String, List<InetAddress>> ipv6) {

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final Pattern SERVER = Pattern.compile("^nameserver\\s+([^\\s#;]+)");
    private static final int PORT = 53;

    /** Reads the files; one that cannot be read counts as empty. Blocks. */
    static SystemNames read() {
        HostsFileEntriesProvider hosts =
                HostsFileEntriesProvider.parser().parseSilently(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1);
        return new SystemNames(readServers(), hosts.ipv4Entries(), hosts.ipv6Entries());
    }

    /** The entry of the hosts file, or null if the name has none. */
    @Nullable
    Resolution find(String name) {
        List<InetAddress> four = ipv4.getOrDefault(name, List.of());
        List<InetAddress> six = ipv6.getOrDefault(name, List.of());
        return four.isEmpty() && six.isEmpty() ? null : new Resolution(four, six);
    }

    private static List<InetSocketAddress> readServers() {
        try (Stream<String> lines = Files.lines(RESOLV_CONF, StandardCharsets.ISO_8859_1)) {
            return servers(lines.toList());
        } catch (IOException unreadable) {
            return servers(List.of());
        }
    }

    /** The name servers in the lines of a resolv.conf; without any, as its manual says, the one on this machine. */
    static List<InetSocketAddress> servers(List<String> lines) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = SERVER.matcher(line);
            if (matcher.find()) {
                address(matcher.group(1)).ifPresent(address -> servers.add(new InetSocketAddress(address, PORT)));
            }
        }
        if (servers.isEmpty()) {
            servers.add(new InetSocketAddress(Addresses.parse("127.0.0.1").orElseThrow(), PORT));
        }
        return List.copyOf(servers);
    }

    /** A literal; other than elsewhere it may have a zone, as the name server of a link does. */
    private static Optional<InetAddress> address(String text) {
        int zone = text.indexOf('%');
        if (zone < 0 || Addresses.parse(text.substring(0, zone)).isEmpty()) {
            return Addresses.parse(text);
        }
        try {
            return Optional.of(InetAddress.getByName(text)); // a literal, so that nothing is looked up
        } catch (UnknownHostException noSuchInterface) {
            return Optional.empty();
        }
    }
}
