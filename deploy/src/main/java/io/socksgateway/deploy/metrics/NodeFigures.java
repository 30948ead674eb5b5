package io.socksgateway.deploy.metrics;

import io.netty.channel.EventLoop;
import io.socksgateway.core.bus.QuotaUse;
import io.socksgateway.core.config.TlsConfig;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.relay.tunnel.PathCounts;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.store.UsageStoreStatus;
import io.socksgateway.core.tcp.Capacity;
import io.socksgateway.core.tcp.CapacityLimits;
import io.socksgateway.udp.DropCounters;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a running node keeps itself, and is read at each scrape.
 *
 * <p>Immutable; what it leads to is thread-safe.
 *
 * @param version of the gateway
 * @param listeners names of those that are configured now
 * @param loops all event loops
 * @param paths what the tunnels of each loop have moved
 * @param drops datagrams that were not relayed
 * @param logins what became of logins
 * @param reloads what became of the configuration when it was read again
 * @param lostLines access lines that could not be written
 * @param ready whether clients are welcome
 * @param members nodes of the cluster in sight, this one included; 1 on a single node
 * @param minimumMembers how many are needed; 1 on a single node
 * @param clusterNodes how many there are when nothing is wrong; 1 on a single node
 * @param certificates those in use, by the name of the listener
 * @param adminRefusals requests that the admin endpoint has refused for their token or their origin
 * @param stores how the databases get on that traffic is written down in
 * @param operations messages sent to count under quotas of the cluster, by kind; empty on a single node
 */
public record NodeFigures(
        String version,
        Supplier<List<String>> listeners,
        List<EventLoop> loops,
        List<PathCounts> paths,
        Capacity capacity,
        CapacityLimits limits,
        LiveSessions live,
        DropCounters drops,
        LoginCounts logins,
        ReloadCounts reloads,
        LongSupplier lostLines,
        BooleanSupplier ready,
        LongSupplier members,
        int minimumMembers,
        int clusterNodes,
        Quotas quotas,
        Supplier<Map<String, TlsConfig>> certificates,
        LongSupplier adminRefusals,
        Supplier<List<UsageStoreStatus>> stores,
        Supplier<Map<String, Long>> operations) {

    /**
     * The quotas of the configuration, and how much of them is used.
     *
     * @param fullest for a number of subjects, those that use most of each quota
     */
    public record Quotas(Supplier<List<QuotaRule>> rules, IntFunction<Future<List<QuotaUse>>> fullest) {}

    public NodeFigures {
        loops = List.copyOf(loops);
        paths = List.copyOf(paths);
    }
}
