package io.socksgateway.deploy.explain;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.quota.ClientNetwork;
import io.socksgateway.core.quota.QuotaSubject;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.wire.Command;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody might make.
 *
 * <p>Immutable.
 *
 * @param user null for a client that does not log in
 * @param groups of the user
 * @param listener name of the listener that the client comes in by; empty for none in particular
 */
public record Question(
        @Nullable String user,
        Set<String> groups,
        InetAddress client,
        String listener,
        Command command,
        Endpoint destination) {

    public Question {
        groups = Set.copyOf(groups);
    }

    Question with(Set<String> otherGroups) {
        return new Question(user, otherGroups, client, listener, command, destination);
    }

    Subject subject() {
        return new Subject(client, user, groups, command);
    }

    QuotaSubject quotaSubject() {
        return new QuotaSubject(user, groups, ClientNetwork.of(client), listener);
    }
}
