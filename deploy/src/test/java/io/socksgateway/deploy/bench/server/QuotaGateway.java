package io.socksgateway.deploy.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The packaged gateway with quotas that are never used up, to see what counting costs: not at all, by itself, or together
 * with two more nodes on this machine. All sessions of the benchmark come from one address and so are one subject.
 *
 * @param counting who counts
 */
public record QuotaGateway(Counting counting) implements ServerKind {

    /** Who counts. */
    public enum Counting {
        OFF("no quotas"),
        NODE("quotas of the node: sessions, sessions per second, traffic, bandwidth"),
        CLUSTER("the same quotas of a cluster of three; the CPU is that of the node with the sessions");

        private final String description;

        Counting(String description) {
            this.description = description;
        }

        private String lower() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String LIMITS = """
            { "name": "limits", "key": "client", "scope": "%s", "sessions": 1000000, "sessionsPerSecond": 1000000,
              "traffic": { "limit": "1000TB", "per": "month" }, "bandwidth": { "up": "1000Gbit/s", "down": "1000Gbit/s" } }
            """;

    @Override
    public String name() {
        return "quotas-" + counting.lower();
    }

    @Override
    public String description() {
        return "the packaged gateway, " + counting.description;
    }

    @Override
    public Optional<String> missing() {
        return plain().missing();
    }

    private PackagedGateway plain() {
        return new PackagedGateway(name(), "", "");
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public boolean comparesQuotas() {
        return true;
    }

    @Override
    public List<String> preparation() {
        return plain().preparation();
    }

    @Override
    public List<String> command(Setting setting) throws IOException {
        return command(setting, 0, setting.port());
    }

    @Override
    public List<List<String>> companions(Setting setting) throws IOException {
        return counting == Counting.CLUSTER
                ? List.of(command(setting, 1, FreePort.find()), command(setting, 2, FreePort.find()))
                : List.of();
    }

    private List<String> command(Setting setting, int node, int port) throws IOException {
        String limits = counting == Counting.OFF ? "" : LIMITS.formatted(counting.lower());
        String file = setting.write(
                name() + "-" + node + ".json", """
                { "node": { "name": "node-%1$d" },
                  "listeners": [ { "host": "%2$s", "port": %3$d, "auth": ["none"] } ],
                  "quotas": [ %4$s ],
                  %5$s
                  "rules": [ { "action": "allow", "to": ["127.0.0.0/8"] } ],
                  "timeouts": { "drain": "1s" },
                  "log": { "access": { "path": "/dev/null" } } }
                """.formatted(node, Setting.HOST, port, limits, cluster(setting, node)));
        return PackagedGateway.run(file);
    }

    private String cluster(Setting setting, int node) {
        return counting != Counting.CLUSTER
                ? ""
                : """
                "cluster": { "name": "bench-%2$d", "host": "%1$s", "port": %5$d,
                             "members": [ "%1$s:%2$d", "%1$s:%3$d", "%1$s:%4$d" ], "minimumMembers": 2 },
                """.formatted(
                                Setting.HOST,
                                setting.clusterPorts().get(0),
                                setting.clusterPorts().get(1),
                                setting.clusterPorts().get(2),
                                setting.clusterPorts().get(node));
    }

    @Override
    public Map<String, String> environment() {
        return plain().environment();
    }

    @Override
    public List<String> versionCommand() {
        return plain().versionCommand();
    }
}
