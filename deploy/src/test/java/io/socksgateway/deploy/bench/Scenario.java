package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.load.Load;
import io.socksgateway.deploy.bench.load.Loads;
import io.socksgateway.deploy.bench.load.Route;
import io.socksgateway.deploy.bench.result.Figure;
import io.socksgateway.deploy.bench.server.ServerKind;
import java.util.List;

/** Something that is measured. */
sealed interface Scenario {

    /** What it is called on the command line and in the results. */
    String id();

    String title();

    /** Whether it can be measured with this server. */
    boolean suits(ServerKind server);

    /** What it yields, the most telling figure last. */
    List<Column> columns();

    /** A figure and how it is headed. */
    record Column(String heading, Figure figure) {}

    /** Clients that keep a server at work for some seconds. */
    record Traffic(String id, String title, Unit unit, Needs needs, Clients clients) implements Scenario {

        @Override
        public boolean suits(ServerKind server) {
            return switch (needs) {
                case STREAMS -> !server.isVariant() && !server.comparesQuotas();
                case BULK -> !server.comparesQuotas();
                case LOGIN -> server.asksForLogin() && !server.isVariant();
                case QUOTAS -> server.comparesQuotas();
                case DATAGRAMS -> server.relaysDatagrams() && !server.isVariant();
            };
        }

        @Override
        public List<Column> columns() {
            Column rate = new Column(unit.rateText(), Figure.RATE);
            Column own = new Column("clients' and target's CPU", Figure.OWN_CPU);
            Column cost = new Column("CPU " + unit.costText(), Figure.CPU);
            return unit == Unit.GIB
                    ? List.of(rate, own, cost)
                    : List.of(rate, new Column("p50 µs", Figure.P50), new Column("p99 µs", Figure.P99), own, cost);
        }
    }

    /** Memory and descriptors of tunnels through which nothing moves, of a process that has done little before. */
    record IdleTunnels(String id, String title) implements Scenario {

        @Override
        public List<Column> columns() {
            return List.of(
                    new Column("tunnels", Figure.TUNNELS),
                    new Column("descriptors/tunnel", Figure.DESCRIPTORS),
                    new Column("PSS before, MiB", Figure.EMPTY),
                    new Column("PSS KiB/tunnel", Figure.MEMORY));
        }

        @Override
        public boolean suits(ServerKind server) {
            return !server.isVariant() && !server.comparesQuotas();
        }
    }

    /** What it costs to start the gateway. */
    record ProcessStart(String id, String title) implements Scenario {

        @Override
        public List<Column> columns() {
            return List.of(new Column("s", Figure.START_TIME), new Column("CPU s", Figure.START_CPU));
        }

        @Override
        public boolean suits(ServerKind server) {
            return server.asksForLogin() && !server.isVariant();
        }
    }

    /** What traffic asks of a server. */
    enum Needs {
        /** Nothing but tunnels. */
        STREAMS,
        /** Tunnels whose bytes come in bulk: here the ways to move bytes differ. */
        BULK,
        /** Tunnels of clients that log in. */
        LOGIN,
        /** Sessions that are counted, or not. */
        QUOTAS,
        /** Associations. */
        DATAGRAMS
    }

    /** Makes the clients of a scenario. */
    @FunctionalInterface
    interface Clients {
        Load of(Loads loads, Route route);
    }
}
