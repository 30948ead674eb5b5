package io.socksgateway.udp;

import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.config.EgressConfig;
import io.socksgateway.core.config.UdpConfig;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.SessionLog;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What associations work with, all of it shared by the instances.
 *
 * <p>Immutable.
 */
public record UdpServices(
        CurrentRules currentRules,
        QuotaClient quotas,
        SessionLog log,
        UdpConfig config,
        Egress egress,
        NameLookup names,
        DatagramSockets sockets,
        RelayPorts ports,
        DropCounters drops,
        LiveSessions live) {

    /** The same for a session that has an address of its own. */
    UdpServices from(InetAddress source) {
        Egress own = new Egress(List.of(source), true);
        return new UdpServices(currentRules, quotas, log, config, own, names, sockets, ports, drops, live);
    }

    RuleSet rules() {
        return currentRules.now();
    }

    /**
     * The services of a node.
     *
     * @param epoll whether the event loops are epoll's
     */
    public static UdpServices of(
            CurrentRules rules,
            QuotaClient quotas,
            SessionLog log,
            UdpConfig config,
            EgressConfig egress,
            NameLookup names,
            LiveSessions live,
            boolean epoll) {
        RelayPorts ports = new RelayPorts(
                config.ports(), bound -> ThreadLocalRandom.current().nextInt(bound));
        return new UdpServices(
                rules,
                quotas,
                log,
                config,
                new Egress(egress.bind(), false),
                names,
                DatagramSockets.of(epoll),
                ports,
                new DropCounters(),
                live);
    }
}
