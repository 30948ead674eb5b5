package io.socksgateway.core.rules;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.wire.Command;
import java.util.List;
import java.util.Set;

/**
 * One access rule. An empty set or list matches everything; {@link Destinations#ANY} is what {@code to} is without an
 * entry.
 *
 * <p>Immutable.
 *
 * @param users verified names; nobody else matches, so an anonymous client does not
 * @param groups matches a user who is in one of them
 */
public record Rule(
        String id,
        boolean allow,
        Set<String> users,
        Set<String> groups,
        List<Cidr> from,
        Set<Command> commands,
        Destinations to,
        List<PortRange> ports) {

    public Rule {
        users = Set.copyOf(users);
        groups = Set.copyOf(groups);
        from = List.copyOf(from);
        commands = Set.copyOf(commands);
        ports = List.copyOf(ports);
    }

    /** Whether everything but the destination's host fits. */
    boolean concerns(Subject subject, int port) {
        return concerns(subject) && matchesPort(port);
    }

    /** Whether everything but the destination fits. */
    boolean concerns(Subject subject) {
        return (commands.isEmpty() || commands.contains(subject.command()))
                && matchesUser(subject)
                && matchesGroup(subject)
                && matchesClient(subject);
    }

    private boolean matchesUser(Subject subject) {
        String user = subject.user();
        return users.isEmpty() || (user != null && users.contains(user));
    }

    private boolean matchesGroup(Subject subject) {
        if (groups.isEmpty()) {
            return true;
        }
        for (String group : subject.groups()) {
            if (groups.contains(group)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesClient(Subject subject) {
        if (from.isEmpty()) {
            return true;
        }
        for (Cidr range : from) {
            if (range.contains(subject.client())) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesPort(int port) {
        if (ports.isEmpty()) {
            return true;
        }
        for (PortRange range : ports) {
            if (range.contains(port)) {
                return true;
            }
        }
        return false;
    }
}
