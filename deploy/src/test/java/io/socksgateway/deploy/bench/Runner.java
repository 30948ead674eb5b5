package io.socksgateway.deploy.bench;

import io.socksgateway.deploy.bench.load.Fault;
import io.socksgateway.deploy.bench.load.Load;
import io.socksgateway.deploy.bench.load.LoadLoop;
import io.socksgateway.deploy.bench.load.Loads;
import io.socksgateway.deploy.bench.load.Progress;
import io.socksgateway.deploy.bench.load.Route;
import io.socksgateway.deploy.bench.load.Target;
import io.socksgateway.deploy.bench.result.Figure;
import io.socksgateway.deploy.bench.result.Measurement;
import io.socksgateway.deploy.bench.server.ProcessTree;
import io.socksgateway.deploy.bench.server.RunningServer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs traffic through a server and reads its costs. */
final class Runner implements AutoCloseable {

    static final String DIRECT = "direct";

    /** Seconds of traffic before the figures count, at most. */
    private static final double LEAD_IN = 0.3;

    /** Seconds in which nothing was done that are waited for more. */
    private static final double MOST_MORE = 10;

    private final LoadLoop loop = new LoadLoop("clients");
    private final Target target;
    private final Loads loads;

    /**
     * @param patience seconds after which a datagram counts as lost
     */
    Runner(double patience) throws InterruptedException {
        target = Target.start();
        loads = new Loads(loop, target, (long) (patience * 1e9));
    }

    Target target() {
        return target;
    }

    Loads loads() {
        return loads;
    }

    LoadLoop loop() {
        return loop;
    }

    /** One run through a server. */
    Measurement measure(RunningServer server, Scenario.Traffic scenario, int repetition, double seconds)
            throws InterruptedException, IOException {
        Route route = scenario.needs() == Scenario.Needs.LOGIN ? server.loginRoute(target) : server.route(target);
        return measure(server.kind().name(), server.tree(), route, scenario, repetition, seconds);
    }

    /** One run without a server, which is the limit of machine and load generator. */
    Measurement measureDirect(Scenario.Traffic scenario, int repetition, double seconds)
            throws InterruptedException, IOException {
        return measure(DIRECT, null, Route.direct(target), scenario, repetition, seconds);
    }

    private Measurement measure(
            String name,
            @Nullable ProcessTree tree,
            Route route,
            Scenario.Traffic scenario,
            int repetition,
            double seconds)
            throws InterruptedException, IOException {
        Load load = scenario.clients().of(loads, route);
        int ignored = load.open();
        loop.last(Math.min(LEAD_IN, seconds));
        load.forgetLatencies();
        Meter before = Meter.read(tree);
        Progress from = load.progress();
        loop.last(seconds);
        awaitAny(load, scenario, from);
        Meter after = Meter.read(tree);
        Progress to = load.progress();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double amount = scenario.unit().amount(from, to);
        if (amount > 0) {
            figures.put(Figure.RATE, amount / ((to.nanos() - from.nanos()) / 1e9));
            figures.put(Figure.OWN_CPU, scenario.unit().cost(after.own() - before.own(), amount));
            if (tree != null) {
                figures.put(Figure.CPU, scenario.unit().cost(after.server() - before.server(), amount));
            }
            if (scenario.unit() != Unit.GIB) {
                figures.put(Figure.P50, load.quantile(0.5) / 1e3);
                figures.put(Figure.P99, load.quantile(0.99) / 1e3);
            }
        }
        Map<Fault, Long> faults = load.finish();
        return new Measurement(name, scenario.id(), repetition, figures, faults, after.othersSince(before));
    }

    /** A machine that was held up all the time tells nothing of what it can do. */
    private void awaitAny(Load load, Scenario.Traffic scenario, Progress from) throws InterruptedException {
        for (double more = 0; more < MOST_MORE; more += LEAD_IN) {
            if (scenario.unit().amount(from, load.progress()) > 0) {
                return;
            }
            loop.last(LEAD_IN);
        }
    }

    @Override
    public void close() {
        loop.close();
        target.close();
    }
}
