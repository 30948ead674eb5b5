package io.socksgateway.deploy.explain;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.address.HostNames;
import io.socksgateway.core.wire.Command;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Question} as people write it.
 *
 * <p>Immutable.
 *
 * @param to {@code HOST:PORT}, an IPv6 address in brackets
 * @param from address of the client; null for 127.0.0.1
 * @param command {@code connect}, {@code bind} or {@code udp}; null for the first
 * @param listener name of the listener that the client comes in by; null for any
 */
public record QuestionText(
        String to,
        @Nullable String from,
        @Nullable String user,
        List<String> groups,
        @Nullable String command,
        @Nullable String listener) {

    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Reads it.
     *
     * @param listeners names of those that there are
     * @throws IllegalArgumentException with what is wrong
     */
    Question parse(Collection<String> listeners) {
        return new Question(
                user,
                Set.copyOf(groups),
                client(from == null ? LOOPBACK : from),
                listener == null ? "" : listener(listener, listeners),
                command(command),
                destination(to));
    }

    private static InetAddress client(String text) {
        return Addresses.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("from: '" + text + "' (expected: an address)"));
    }

    private static String listener(String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "listener: '" + name + "' (expected: " + String.join(" or ", known) + ")");
        }
        return name;
    }

    private static Command command(@Nullable String text) {
        if (text == null) {
            return Command.CONNECT;
        }
        for (Command command : Command.values()) {
            if (command.toString().equals(text)) {
                return command;
            }
        }
        throw new IllegalArgumentException("command: '" + text + "' (expected: connect, bind or udp)");
    }

    private static Endpoint destination(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("to: '" + text + "' (expected: HOST:PORT, as db.example:5432)");
        }
        Host host = HostNames.parse(text.substring(0, colon))
                .orElseThrow(() -> new IllegalArgumentException("to: '" + text + "' has no name or address"));
        return new Endpoint(host, Integer.parseInt(port));
    }
}
