package io.socksgateway.core.relay;

import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.relay.tunnel.DataPath;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.SessionLog;

/**
 * What relays work with, all of it shared by the instances.
 *
 * <p>Immutable.
 */
public record RelayServices(
        CurrentRules currentRules,
        QuotaClient quotas,
        SessionLog log,
        TimeoutsConfig timeouts,
        NameLookup names,
        Connector connector,
        BindAddresses binds,
        DataPath path,
        LiveSessions live) {

    RuleSet rules() {
        return currentRules.now();
    }
}
