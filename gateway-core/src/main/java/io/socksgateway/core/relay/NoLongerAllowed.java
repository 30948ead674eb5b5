package io.socksgateway.core.relay;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.SessionInfo;
import io.socksgateway.core.wire.Command;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether rules would refuse an open session if it were asked for now: what was asked for, or the address that it has come to. A
 * UDP association is refused only if no datagram could pass; single ones are judged as they come.
 *
 * <p>Immutable.
 */
public record NoLongerAllowed(RuleSet rules) implements Predicate<LiveSession> {

    @Override
    public boolean test(LiveSession session) {
        SessionInfo info = session.info();
        Subject subject = info.subject();
        if (info.command() == Command.UDP) {
            return rules.decideAnywhere(subject).refused();
        }
        Endpoint asked = info.request().destination();
        return rules.decide(subject, asked).refused() || refusesPeer(subject, asked, session.dialled());
    }

    private boolean refusesPeer(Subject subject, Endpoint asked, @Nullable InetSocketAddress peer) {
        if (peer == null || peer.isUnresolved()) {
            return false;
        }
        String name = asked.host() instanceof Host.Address ? null : asked.host().toString();
        return !rules.decide(subject, name, peer.getAddress(), asked.port()).allowed();
    }
}
