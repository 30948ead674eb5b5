package io.socksgateway.core.config;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.rules.PortRange;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.wire.Command;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the items of {@code rules}. */
final class RuleReader {

    private static final String ALLOW = "allow";
    private static final Choice<String> ACTION = Choice.of(ALLOW, "deny");
    private static final Choice<Command> COMMAND = Choice.of(Command.class);

    private final Uniqueness ids;

    RuleReader(Findings findings) {
        this.ids = new Uniqueness(findings, "rule");
    }

    @Nullable
    Rule read(Section section) {
        String given = section.optional("id", NameText.NAME);
        String id = given == null ? "rule-" + section.position() : given;
        ids.claim(id, section.path("id"));
        String action = section.required("action", ACTION);
        List<String> users = section.list("users", List.of(), NameText.NAME);
        List<String> groups = section.list("groups", List.of(), NameText.NAME);
        List<Cidr> from = section.list("from", List.of(), CidrText.CIDR);
        List<Command> commands = section.list("commands", List.of(), COMMAND);
        List<String> to = section.list("to", List.of(), DestinationText.DESTINATION);
        List<PortRange> ports = section.list("ports", List.of(), new PortsItem());
        return action == null
                ? null
                : new Rule(
                        id,
                        action.equals(ALLOW),
                        Set.copyOf(users),
                        Set.copyOf(groups),
                        from,
                        Set.copyOf(commands),
                        DestinationText.sum(to),
                        ports);
    }
}
