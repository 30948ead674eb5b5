package io.socksgateway.core.relay;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.net.ConnectFailure;
import io.socksgateway.core.net.Connector;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.session.Failure;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305): the families take turns, the next address is tried
 * after 250 ms or as soon as one fails, and the first connection wins. Of a long list the first 16 in that order are
 * tried. The limit to the whole is the owner's: it cancels the race.
 *
 * <p>If all fail, the failure that says most about the target is reported: that it refused, then that it is unreachable
 * or silent, then what is missing here, a route or a socket, and last that the rules deny it by now. So a machine without
 * IPv6 says of a target with both families what became of IPv4.
 *
 * <p>Confined to its event loop.
 */
final class Race {

    /** Connection Attempt Delay of RFC 8305 section 5, in milliseconds. */
    private static final long DELAY = 250;

    private static final int MOST_ADDRESSES = 16;

    /** What is reported if it is among the failures, first things first. */
    private static final List<Failure> TELLING = List.of(
            Failure.REFUSED,
            Failure.HOST_UNREACHABLE,
            Failure.TIMED_OUT,
            Failure.NETWORK_UNREACHABLE,
            Failure.LOCAL,
            Failure.DENIED);

    /** Hears the outcome, once. */
    interface Listener {
        void connected(Channel target, InetSocketAddress address);

        /** All have failed; the failure is the most telling one, and the address the first that had it. */
        void failed(Failure failure, InetSocketAddress address);
    }

    private final Connector connector;
    private final EventLoop loop;
    private final DeadlineWheel wheel;
    private final Listener listener;
    private final Deque<InetSocketAddress> waiting;
    private final List<Future<Channel>> running = new ArrayList<>(1);
    private final Deadline nextAttempt = Deadline.of(this::attempt);
    private @Nullable Failure failure;
    private @Nullable InetSocketAddress failed;
    private boolean over;

    /**
     * Prepares a race.
     *
     * @param addresses at least one, in order of preference
     */
    Race(
            Connector connector,
            EventLoop loop,
            DeadlineWheel wheel,
            List<InetSocketAddress> addresses,
            Listener listener) {
        this.connector = connector;
        this.loop = loop;
        this.wheel = wheel;
        this.waiting = interleave(addresses);
        this.listener = listener;
    }

    void start() {
        attempt();
    }

    /** Gives up: what is connecting is closed, and the listener hears nothing more. */
    void cancel() {
        over = true;
        nextAttempt.cancel();
        List<Future<Channel>> losers = List.copyOf(running); // each takes itself out of the list while it is cancelled
        losers.forEach(attempt -> attempt.cancel(false));
    }

    private void attempt() {
        InetSocketAddress address = waiting.poll();
        if (address == null) {
            return;
        }
        Future<Channel> attempt = connector.connect(loop, address);
        running.add(attempt);
        if (!waiting.isEmpty()) {
            wheel.arm(nextAttempt, DELAY);
        }
        attempt.addListener((Future<Channel> done) -> finished(done, address));
    }

    private void finished(Future<Channel> attempt, InetSocketAddress address) {
        running.remove(attempt);
        if (over) {
            if (attempt.isSuccess()) {
                attempt.getNow().close();
            }
        } else if (attempt.isSuccess()) {
            cancel();
            listener.connected(attempt.getNow(), address);
        } else {
            remember(attempt.cause(), address);
            if (!waiting.isEmpty()) {
                attempt();
            } else if (running.isEmpty()) {
                lose();
            }
        }
    }

    private void remember(Throwable cause, InetSocketAddress address) {
        Failure kind = cause instanceof ConnectFailure known ? known.kind() : Failure.LOCAL;
        if (failure == null || TELLING.indexOf(kind) < TELLING.indexOf(failure)) {
            failure = kind;
            failed = address;
        }
    }

    private void lose() {
        cancel();
        if (failure != null && failed != null) {
            listener.failed(failure, failed);
        }
    }

    /** RFC 8305 section 4: the first family stays first, then the other one, turn by turn. */
    private static Deque<InetSocketAddress> interleave(Collection<InetSocketAddress> addresses) {
        Deque<InetSocketAddress> first = new ArrayDeque<>();
        Deque<InetSocketAddress> second = new ArrayDeque<>();
        Boolean firstIsV6 = null;
        for (InetSocketAddress address : addresses) {
            boolean v6 = address.getAddress() instanceof Inet6Address;
            if (firstIsV6 == null) {
                firstIsV6 = v6;
            }
            (v6 == firstIsV6 ? first : second).add(address);
        }
        Deque<InetSocketAddress> order = new ArrayDeque<>(MOST_ADDRESSES);
        Deque<InetSocketAddress> turn = first;
        while (order.size() < MOST_ADDRESSES && !(first.isEmpty() && second.isEmpty())) {
            InetSocketAddress address = turn.poll();
            if (address != null) {
                order.add(address);
            }
            turn = turn == first ? second : first;
        }
        return order;
    }
}
