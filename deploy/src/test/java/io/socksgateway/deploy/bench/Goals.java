package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.result.Base;
import io.socksgateway.deploy.bench.result.Figure;
import io.socksgateway.deploy.bench.result.Goal;
import java.util.ArrayList;
import java.util.List;

/** What the gateway is held to. */
final class Goals {

    private static final String GATEWAY = "gateway";
    private static final Base NOTHING = new Base.Nothing();
    private static final List<String> BULK = List.of("down-1", "down-8", "up-1", "up-8");

    private Goals() {}

    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        for (String scenario : BULK) {
            goals.add(atMost("CPU s/GiB", GATEWAY, scenario, Figure.CPU, server("haproxy-splice"), 1.15, 1.0));
        }
        for (String scenario : BULK) {
            goals.add(atMost(
                    "CPU s/GiB, Netty path", "gateway-netty", scenario, Figure.CPU, server("haproxy-copy"), 1.0, 0.8));
        }
        for (String scenario : BULK) {
            goals.add(new Goal("GiB/s", GATEWAY, scenario, Figure.RATE, new Base.BestSocksServer(), true, 1.0, 1.3));
        }
        goals.add(atMost("CPU µs/trip", GATEWAY, "echo-64", Figure.CPU, server("haproxy-copy"), 1.0, 0.75));
        goals.add(atMost("p50 µs", GATEWAY, "echo-1", Figure.P50, new Base.BestSocksServer(), 1.0, 0.8));
        goals.add(atMost("CPU µs/connection", GATEWAY, "connect-64", Figure.CPU, server("microsocks"), 1.1, 0.8));
        goals.add(atMost(
                "CPU µs/connection", GATEWAY, "login-64", Figure.CPU, new Base.Scenario("connect-64"), 1.2, 1.1));
        for (String scenario : List.of("quotas-connect-64", "quotas-down-8", "quotas-up-8")) {
            goals.add(atMost(
                    "CPU with quotas of the node",
                    "quotas-node",
                    scenario,
                    Figure.CPU,
                    server("quotas-off"),
                    1.2,
                    1.1));
        }
        goals.add(atMost("PSS KiB/tunnel", GATEWAY, "idle", Figure.MEMORY, NOTHING, 12, 6));
        goals.add(atMost("descriptors/tunnel", GATEWAY, "idle", Figure.DESCRIPTORS, NOTHING, 2, 2));
        goals.add(atMost("CPU µs/packet", GATEWAY, "udp-512", Figure.CPU, server("dante"), 0.45, 0.36));
        goals.add(atMost("CPU s until ready", GATEWAY, "start", Figure.START_CPU, NOTHING, 1.0, 0.6));
        return goals;
    }

    private static Goal atMost(
            String text, String server, String scenario, Figure figure, Base base, double must, double aim) {
        return new Goal(text, server, scenario, figure, base, false, must, aim);
    }

    private static Base server(String name) {
        return new Base.Server(name);
    }
}
