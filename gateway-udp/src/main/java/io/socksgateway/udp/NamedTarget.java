package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.session.Failure;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A name and port that a client sends to: resolved when it is first used, and again in the background when that was some
 * time ago. Meanwhile, and as long as the name still has that address, or no name server says anything, a flow stays with
 * the one that was chosen.
 *
 * <p>Only datagrams to this name wait for it, and not many. Confined to its event loop.
 */
final class NamedTarget {

    /** How long an address is used, in milliseconds. */
    static final long FRESH = 30_000;

    /** How long a name without an answer is not asked for again, in milliseconds. */
    private static final long RETRY = 1_000;

    /** What may wait for one name: datagrams, and octets. */
    private static final int MAX_WAITING = 32;

    private static final int MAX_OCTETS = 64 * 1024;

    private final Routes routes;
    private final Endpoint endpoint;
    private final Queue<ByteBuf> waiting = new ArrayDeque<>(2);
    private int octets;
    private @Nullable Target target;
    /** That of the target, also while it has to be judged again. */
    private @Nullable InetSocketAddress last;

    private @Nullable String rule;
    private @Nullable Drop obstacle;
    private long staleAt = Long.MIN_VALUE;
    private boolean resolving;
    private boolean forgotten;

    NamedTarget(Routes routes, Endpoint endpoint) {
        this.routes = routes;
        this.endpoint = endpoint;
    }

    /**
     * Sends a datagram, now or when the name is resolved.
     *
     * @param payload released in the end; valid only now, so what must wait is copied
     */
    void relay(ByteBuf payload) {
        routes.useCurrentRules();
        if (!resolving && routes.now() >= staleAt) {
            refresh();
        }
        if (target != null) {
            target = routes.send(target, rule, payload);
        } else if (resolving) {
            await(payload);
        } else {
            routes.drop(obstacle == null ? Drop.NAME : obstacle, rule, payload);
        }
    }

    private void await(ByteBuf payload) {
        int length = payload.readableBytes();
        boolean room = waiting.size() < MAX_WAITING && octets + length <= MAX_OCTETS;
        if (!room || !routes.reserve(length)) {
            routes.drop(Drop.NAME, null, payload);
            return;
        }
        octets += length;
        waiting.add(payload.copy());
        payload.release();
    }

    private void refresh() {
        staleAt = routes.now() + FRESH;
        Subject subject = routes.subject();
        Verdict verdict = routes.rules().decide(subject, endpoint);
        if (endpoint.host() instanceof Host.Address address) {
            InetSocketAddress literal = new InetSocketAddress(address.value(), endpoint.port());
            choose(verdict.allowed() ? literal : null, verdict.rule(), Drop.DENIED);
        } else if (verdict.refused()) {
            choose(null, verdict.rule(), Drop.DENIED);
        } else if (!routes.beginLookup()) {
            staleAt = routes.now(); // the next datagram may have more luck
            obstacle = Drop.NAME;
        } else {
            resolving = true;
            routes.names()
                    .resolveAll(
                            routes.loop(),
                            endpoint.host().toString(),
                            endpoint.port(),
                            routes.subject().client())
                    .addListener((Future<List<InetSocketAddress>> resolved) -> resolved(resolved));
        }
    }

    private void resolved(Future<List<InetSocketAddress>> resolved) {
        resolving = false;
        routes.endLookup();
        if (forgotten) {
            return;
        }
        if (resolved.isSuccess() && !resolved.getNow().isEmpty()) {
            check(resolved.getNow());
        } else {
            staleAt = routes.now() + RETRY;
            InetSocketAddress before = last;
            if (before != null && NameFailure.kindOf(resolved.cause()) == Failure.NAME_UNANSWERED) {
                check(List.of(before));
            } else {
                choose(null, null, Drop.NAME);
            }
        }
        drain();
    }

    /** Takes the address that is in use if it is still among these and allowed, or else the first that is allowed. */
    private void check(List<InetSocketAddress> addresses) {
        InetSocketAddress chosen = null;
        Verdict decided = null;
        String name = endpoint.host().toString();
        for (InetSocketAddress address : addresses) {
            Verdict verdict = routes.rules().decide(routes.subject(), name, address.getAddress(), address.getPort());
            if (verdict.allowed() && (chosen == null || address.equals(last))) {
                chosen = address;
                decided = verdict;
            } else if (decided == null) {
                decided = verdict;
            }
        }
        choose(chosen, decided == null ? null : decided.rule(), Drop.DENIED);
    }

    private void choose(@Nullable InetSocketAddress address, @Nullable String decidingRule, Drop otherwise) {
        last = address;
        target = address == null ? null : routes.target(address);
        rule = decidingRule;
        obstacle = otherwise;
    }

    private void drain() {
        routes.give(octets);
        octets = 0;
        for (ByteBuf payload = waiting.poll(); payload != null; payload = waiting.poll()) {
            if (target == null) {
                routes.drop(obstacle == null ? Drop.NAME : obstacle, rule, payload);
            } else {
                target = routes.send(target, rule, payload);
            }
        }
        routes.flush();
    }

    /** Has the name looked up and judged again before anything else is sent to it. */
    void forgetVerdict() {
        target = null;
        obstacle = null;
        staleAt = Long.MIN_VALUE;
    }

    /** Ends it, with all that waits. */
    void forget() {
        forgotten = true;
        target = null;
        drain();
    }
}
