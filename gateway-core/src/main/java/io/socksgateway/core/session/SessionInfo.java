package io.socksgateway.core.session;

import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.SocksRequest;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What is known of a session when its request has been granted.
 *
 * <p>Immutable.
 *
 * @param id unique over all nodes and restarts
 * @param quotas names of the quotas that count it
 * @param allowance what it may move
 * @param startNanos {@link System#nanoTime} at accept
 */
public record SessionInfo(
        String id,
        String listener,
        InetSocketAddress client,
        Identity identity,
        SocksRequest request,
        Command command,
        List<String> quotas,
        Allowance allowance,
        long startNanos) {

    public SessionInfo {
        quotas = List.copyOf(quotas);
    }

    /** The session as the rules see it. */
    public Subject subject() {
        return new Subject(client.getAddress(), identity.user(), identity.groups(), command);
    }
}
