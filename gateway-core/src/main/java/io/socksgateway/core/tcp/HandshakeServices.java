package io.socksgateway.core.tcp;

import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.bus.RelayClient;
import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.session.SessionIds;
import io.socksgateway.core.session.SessionLog;
import java.util.Map;

/**
 * What handshakes work with, all of it shared by the instances.
 *
 * <p>Immutable.
 *
 * @param countsSessions whether there are quotas at all: without any nobody needs to be asked
 * @param tls of the listeners that have it, by name
 */
public record HandshakeServices(
        AuthClient auth,
        QuotaClient quotas,
        boolean countsSessions,
        RelayClient relays,
        CurrentRules currentRules,
        OwnListeners ownListeners,
        Map<String, ServerTls> tls,
        SessionIds ids,
        SessionLog log,
        SessionEvents events,
        TimeoutsConfig timeouts) {

    public HandshakeServices {
        tls = Map.copyOf(tls);
    }

    RuleSet rules() {
        return currentRules.now();
    }
}
