package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.Scenario.Needs;
import io.socksgateway.deploy.bench.Scenario.Traffic;
import java.util.List;

/** All scenarios, in the order in which they are run. */
final class Scenarios {

    private static final int MESSAGE = 64;
    private static final int MANY = 64;
    private static final int STREAMS = 8;
    private static final int ASSOCIATIONS = 8;
    private static final int WINDOW = 16;

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario.IdleTunnels("idle", "Idle tunnels, each of which has carried one octet"),
                new Scenario.ProcessStart("start", "Process ready after start"),
                bulk("down-1", "Bulk to the client, 1 stream", (loads, route) -> loads.down(route, 1)),
                bulk("down-8", "Bulk to the client, 8 streams", (loads, route) -> loads.down(route, STREAMS)),
                bulk("up-1", "Bulk to the target, 1 stream", (loads, route) -> loads.up(route, 1)),
                bulk("up-8", "Bulk to the target, 8 streams", (loads, route) -> loads.up(route, STREAMS)),
                echo("echo-1", "64-octet messages there and back, 1 tunnel", 1),
                echo("echo-64", "64-octet messages there and back, 64 tunnels", MANY),
                connect("connect-64", "New connections, 64 at once", Needs.STREAMS),
                connect("login-64", "New connections with password and quota, 64 at once", Needs.LOGIN),
                connect("quotas-connect-64", "New connections under quotas, 64 at once", Needs.QUOTAS),
                quotas(
                        "quotas-down-8",
                        "Bulk to the client under quotas, 8 streams",
                        (loads, route) -> loads.down(route, STREAMS)),
                quotas(
                        "quotas-up-8",
                        "Bulk to the target under quotas, 8 streams",
                        (loads, route) -> loads.up(route, STREAMS)),
                datagrams("udp-512", "512-octet datagrams, 8 associations, 16 under way each", 512),
                datagrams("udp-64", "64-octet datagrams, 8 associations, 16 under way each", 64));
    }

    private static Scenario bulk(String id, String title, Scenario.Clients clients) {
        return new Traffic(id, title, Unit.GIB, Needs.BULK, clients);
    }

    private static Scenario quotas(String id, String title, Scenario.Clients clients) {
        return new Traffic(id, title, Unit.GIB, Needs.QUOTAS, clients);
    }

    private static Scenario echo(String id, String title, int tunnels) {
        return new Traffic(id, title, Unit.TRIP, Needs.STREAMS, (loads, route) -> loads.echo(route, tunnels, MESSAGE));
    }

    private static Scenario connect(String id, String title, Needs needs) {
        return new Traffic(id, title, Unit.CONNECTION, needs, (loads, route) -> loads.connecting(route, MANY));
    }

    private static Scenario datagrams(String id, String title, int size) {
        return new Traffic(
                id,
                title,
                Unit.PACKET,
                Needs.DATAGRAMS,
                (loads, route) -> loads.datagrams(route, ASSOCIATIONS, size, WINDOW));
    }
}
