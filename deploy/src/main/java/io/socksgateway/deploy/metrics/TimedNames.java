package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.net.NameLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up and times the answers: those that are known, and those that were refused, apart from those
 * that name servers are asked for.
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
    private final Counter refused;

    TimedNames(NameLookup names, Meters meters) {
        this.names = names;
        this.found = meters.waits(NAME, HELP, "result", "found");
        this.failed = meters.waits(NAME, HELP, "result", "failed");
        this.known = meters.counter("dns.cached", "Lookups that were answered without asking a name server");
        this.refused = meters.counter("dns.refused", "Lookups that were refused, as too many were running already");
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port) {
        return timed(System.nanoTime(), names.resolveAll(loop, name, port));
    }

    @Override
    public Future<List<InetSocketAddress>> resolveAll(EventLoop loop, String name, int port, InetAddress client) {
        return timed(System.nanoTime(), names.resolveAll(loop, name, port, client));
    }

    private Future<List<InetSocketAddress>> timed(long asked, Future<List<InetSocketAddress>> answer) {
        if (answer.isDone()) {
            (isRefusal(answer) ? refused : known).increment();
            return answer;
        }
        return answer.addListener((Future<List<InetSocketAddress>> done) -> {
            if (isRefusal(done)) {
                refused.increment();
            } else {
                (done.isSuccess() ? found : failed).record(System.nanoTime() - asked, TimeUnit.NANOSECONDS);
            }
        });
    }

    private static boolean isRefusal(Future<?> done) {
        return done.cause() instanceof NameFailure failure && failure.isRefused();
    }
}
