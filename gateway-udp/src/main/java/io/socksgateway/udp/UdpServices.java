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
import java.util.Objects;
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

    /** The same as another configuration has it; what is counted, and the ports in use, go on if their range is as before. */
    public UdpServices with(UdpConfig udp, EgressConfig addresses) {
        boolean samePorts = Objects.equals(udp.ports(), config.ports());
        return new UdpServices(
                currentRules,
                quotas,
                log,
                udp,
                new Egress(addresses.bind(), false),
                names,
                sockets,
                samePorts ? ports : ports(udp),
                drops,
                live);
    }

    private static RelayPorts ports(UdpConfig udp) {
        return new RelayPorts(udp.ports(), bound -> ThreadLocalRandom.current().nextInt(bound));
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
            DropCounters drops,
            boolean epoll) {
        return new UdpServices(
                rules,
                quotas,
                log,
                config,
                new Egress(egress.bind(), false),
                names,
                DatagramSockets.of(epoll),
                ports(config),
                drops,
                live);
    }
}
