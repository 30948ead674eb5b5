package io.socksgateway.core.session;

import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.Method;
import io.socksgateway.core.wire.MethodSet;
import io.socksgateway.core.wire.SocksVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a listener negotiates.
 *
 * <p>Immutable.
 *
 * @param methods octets of authentication methods, in the server's order of preference
 * @param commands the commands that are served; others are answered as unknown
 * @param exchanges limits of the methods that have an owner elsewhere
 */
public record HandshakePolicy(
        Set<SocksVersion> protocols,
        List<Integer> methods,
        Socks4Login socks4Login,
        Set<Command> commands,
        Map<Integer, ExchangeLimits> exchanges) {

    public HandshakePolicy {
        protocols = Set.copyOf(protocols);
        methods = List.copyOf(methods);
        commands = Set.copyOf(commands);
        exchanges = Map.copyOf(exchanges);
    }

    /** With the methods that the handshake knows itself. */
    public HandshakePolicy(
            Set<SocksVersion> protocols, List<Integer> methods, Socks4Login socks4Login, Set<Command> commands) {
        this(protocols, methods, socks4Login, commands, Map.of());
    }

    boolean speaks(SocksVersion version) {
        return protocols.contains(version);
    }

    boolean serves(Command command) {
        return commands.contains(command);
    }

    /** The first of ours that the client offers, or {@link Method#UNACCEPTABLE}. */
    int choose(MethodSet offered) {
        for (int method : methods) {
            if (offered.contains(method)) {
                return method;
            }
        }
        return Method.UNACCEPTABLE;
    }
}
