package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.net.NameLookup;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up and times the answers: those that are known apart from those that name servers are asked for.
 *
 * <p>Thread-safe.
 */
final class TimedNames implements NameLookup {

    private static final String NAME = "dns.duration";
    private static final String HELP = "Lookups of names, at name servers";

    private final NameLookup names;
    private final Timer found;
    private final Timer failed;
    private final Counter known;

    TimedNames(NameLookup names, Meters meters) {
        this.names = names;
        this.found = meters.waits(NAME, HELP, "result", "found");
        this.failed = meters.waits(NAME, HELP, "result", "failed");
        this.known = meters.counter("dns.cached", "Lookups that were answered without asking a name server");
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port) {
        long asked = System.nanoTime();
        Future<List<InetSocketAddress>> answer = names.resolveAll(loop, name, port);
        if (answer.isDone()) {
            known.increment();
            return answer;
        }
        return answer.addListener(
                done -> (done.isSuccess() ? found : failed).record(System.nanoTime() - asked, TimeUnit.NANOSECONDS));
    }
}
