package io.socksgateway.deploy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.session.SessionLog;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.Reply;
import io.socksgateway.core.wire.SocksVersion;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts sessions by how they begin and end, and times what clients wait for.
 *
 * <p>Thread-safe.
 */
final class SessionMeters implements SessionEvents, SessionLog {

    private final Meters meters;
    private final Map<String, OfListener> listeners = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusingQuotas = new ConcurrentHashMap<>();
    private final Map<Login, Timer> logins = new EnumMap<>(Login.class);
    private final Timer handshakes;
    private final Timer durations;

    SessionMeters(Meters meters) {
        this.meters = meters;
        this.handshakes = meters.waits(
                "handshake.duration", "From accept to the whole request, without the time of the authenticators");
        this.durations = meters.histogram(
                "session.duration",
                "From accept to end of the sessions that were served",
                Meters.seconds(1, 10, 60, 300, 900, 3_600, 14_400, 86_400));
        for (Login answer : Login.values()) {
            String result = answer.name().toLowerCase(Locale.ROOT);
            logins.put(answer, meters.waits("auth.duration", "Answers of the authenticators", "result", result));
        }
    }

    /** What is counted at one listener. The maps are complete from the beginning, and so only read. */
    private static final class OfListener {
        final Map<Command, Counter> opened = new EnumMap<>(Command.class);
        final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);
        final Map<EndReason, Counter> refused = new EnumMap<>(EndReason.class);
        final LongAdder up = new LongAdder();
        final LongAdder down = new LongAdder();

        OfListener(Meters meters, String name) {
            for (Command command : Command.values()) {
                opened.put(
                        command,
                        meters.counter(
                                "sessions.opened",
                                "Sessions whose client was told of success",
                                "listener",
                                name,
                                "command",
                                command.toString()));
            }
            for (EndReason reason : EndReason.values()) {
                String word = reason.toString();
                ended.put(
                        reason,
                        meters.counter(
                                "sessions.ended",
                                "Sessions that were served and have ended",
                                "listener",
                                name,
                                "reason",
                                word));
                refused.put(
                        reason,
                        meters.counter(
                                "sessions.refused",
                                "Sessions that ended before their client was told of success",
                                "listener",
                                name,
                                "reason",
                                word));
            }
        }
    }

    private OfListener of(String listener) {
        OfListener known = listeners.get(listener);
        return known != null ? known : listeners.computeIfAbsent(listener, name -> new OfListener(meters, name));
    }

    /** Makes the meters of a listener before its first session, so that they begin at zero. */
    void expect(String listener) {
        OfListener unused = of(listener);
    }

    /**
     * Removes the meters of a listener that is no more. A session that was still on its way makes them anew, from zero, as it would
     * for a listener that comes back.
     */
    void forget(String listener) {
        meters.remove("listener", listener); // before somebody asks for new ones, which would be these
        listeners.remove(listener);
    }

    /** Octets of a listener's sessions that have ended. */
    record Octets(long up, long down) {}

    /** What the sessions that have ended have moved, by listener. */
    Map<String, Octets> ended() {
        Map<String, Octets> ended = new HashMap<>();
        listeners.forEach((name, counts) -> ended.put(name, new Octets(counts.up.sum(), counts.down.sum())));
        return ended;
    }

    @Override
    public void negotiated(long nanos) {
        handshakes.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void authenticated(Login answer, long nanos) {
        Timer timer = logins.get(answer);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void opened(String listener, Command command) {
        increment(of(listener).opened.get(command));
    }

    @Override
    public void ended(SessionRecord session) {
        OfListener counters = of(session.listener());
        if (wasServed(session)) {
            increment(counters.ended.get(session.reason()));
            durations.record(session.durationMillis(), TimeUnit.MILLISECONDS);
        } else {
            increment(counters.refused.get(session.reason()));
        }
        if (session.quota() != null) {
            refusals(session.quota()).increment();
        }
        counters.up.add(session.bytesUp());
        counters.down.add(session.bytesDown());
    }

    private Counter refusals(String quota) {
        return refusingQuotas.computeIfAbsent(
                quota, name -> meters.counter("quota.refusals", "Sessions refused or ended by a quota", "quota", name));
    }

    /** Makes the meter of a quota before its first refusal, so that it begins at zero. */
    void expectQuota(String quota) {
        Counter unused = refusals(quota);
    }

    /** Removes those of quotas that are no more, and neither are sessions that they count. */
    void forgetQuotas(Predicate<String> gone) {
        for (String quota : List.copyOf(refusingQuotas.keySet())) {
            if (gone.test(quota)) {
                meters.remove("quota", quota);
                refusingQuotas.remove(quota);
            }
        }
    }

    private static boolean wasServed(SessionRecord session) {
        int code = session.replyCode();
        return code == Reply.SUCCEEDED.code(SocksVersion.SOCKS5) || code == Reply.SUCCEEDED.code(SocksVersion.SOCKS4);
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}
