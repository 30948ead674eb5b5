package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.socksgateway.core.config.ListenerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The listening sockets of a node, which its handshake verticles share. They are on the event loop of the first verticle
 * and give clients to all of them in turn: half the work of accepting would be to wake a loop of its own.
 *
 * <p>When descriptors run out, accepting pauses for a moment, and the clients wait in the kernel's queue.
 *
 * <p>Thread-safe.
 */
public final class Listening {

    private final List<ListenerConfig> first;
    private final HandshakeServices services;
    private final OwnListeners own;
    private final Capacity capacity;
    private final List<Desk> desks = new CopyOnWriteArrayList<>();
    private List<ListeningSocket> sockets = List.of();
    private @Nullable Future<Void> opened;
    private boolean closed;
    private int turn;

    /** Takes clients on its own event loop. */
    interface Desk {
        EventLoop loop();

        /**
         * A client was accepted; its channel is not registered yet.
         *
         * @param place to be left when the client's connection is closed
         */
        void welcome(ListenerHandshakes listener, Channel client, Place place);
    }

    /**
     * Listening sockets that are opened for the first desk.
     *
     * @param first listeners, until there are others
     * @param services for the clients of these; they also hear where the sockets are bound
     * @param capacity of the node; while it admits nobody, clients wait in the kernel's queue
     */
    public Listening(List<ListenerConfig> first, HandshakeServices services, Capacity capacity) {
        this.first = List.copyOf(first);
        this.services = services;
        this.own = services.ownListeners();
        this.capacity = capacity;
    }

    /**
     * Adds a desk.
     *
     * @return succeeds when all listeners are bound; fails with a {@link ListenFailure}
     */
    synchronized Future<Void> join(Desk desk, Vertx vertx) {
        desks.add(desk);
        if (opened == null) {
            closed = false;
            opened = prepare(vertx, first).map(change -> {
                change.commit(services);
                return null;
            });
        }
        return opened;
    }

    /** Takes a desk away; without any nobody is accepted any more. */
    synchronized void leave(Desk desk) {
        desks.remove(desk);
        if (desks.isEmpty()) {
            close();
            opened = null;
        }
    }

    /** Accepts nobody any more, for good unless all desks leave and others come. */
    synchronized void close() {
        closed = true;
        sockets.forEach(ListeningSocket::close);
        sockets = List.of();
    }

    /**
     * Opens what other listeners need and these have not; nobody is accepted there yet, and nothing else changes. A socket
     * stays if it is at the host and port of one of the others, or if its port is any, of the same name.
     *
     * @return to be committed or cancelled before the next one; fails with a {@link ListenFailure} and has changed nothing
     */
    public Future<Change> prepare(Vertx vertx, List<ListenerConfig> others) {
        return vertx.executeBlocking(() -> addresses(others)).compose(where -> open(vertx, where));
    }

    private static List<Wanted> addresses(List<ListenerConfig> listeners) throws ListenFailure {
        List<Wanted> wanted = new ArrayList<>();
        for (ListenerConfig listener : listeners) {
            try {
                InetAddress host = InetAddress.getByName(listener.host());
                wanted.add(new Wanted(listener, new InetSocketAddress(host, listener.port())));
            } catch (UnknownHostException e) {
                throw new ListenFailure(listener, e);
            }
        }
        return wanted;
    }

    private synchronized Future<Change> open(Vertx vertx, List<Wanted> wanted) {
        Desk desk = desks.isEmpty() ? null : desks.get(0);
        if (desk == null || closed) {
            return Future.failedFuture("nobody listens any more");
        }
        List<ListeningSocket> before = new ArrayList<>(sockets);
        List<Future<Served>> opening = new ArrayList<>();
        for (Wanted each : wanted) {
            opening.add(keep(each, before)
                    .map(kept -> Future.succeededFuture(new Served(each.listener(), kept, false)))
                    .orElseGet(() -> Future.succeededFuture() // so that also an exception is a failure of this one
                            .compose(go -> open(vertx, desk.loop(), each))));
        }
        return Future.join(opening).transform(done -> {
            List<Served> served = opening.stream()
                    .filter(Future::succeeded)
                    .map(Future::result)
                    .toList();
            Change change = new Change(served, before);
            if (done.failed()) {
                change.cancel();
                return Future.failedFuture(done.cause());
            }
            return Future.succeededFuture(change);
        });
    }

    /** Takes the socket out of those of before that is where a listener is to be. */
    private static Optional<ListeningSocket> keep(Wanted wanted, List<ListeningSocket> before) {
        for (ListeningSocket socket : before) {
            if (socket.serves(wanted.listener(), wanted.where())) {
                before.remove(socket);
                return Optional.of(socket);
            }
        }
        return Optional.empty();
    }

    private Future<Served> open(Vertx vertx, EventLoop loop, Wanted wanted) {
        return new ListeningSocket(
                        ((VertxInternal) vertx)
                                .transport()
                                .serverChannelFactory(false)
                                .newChannel(),
                        wanted.where(),
                        capacity,
                        this::next)
                .bind(loop)
                .map(socket -> new Served(wanted.listener(), socket, true))
                .recover(cause -> Future.failedFuture(new ListenFailure(wanted.listener(), cause)));
    }

    /** Whose turn it is; on the event loop of the listening sockets. */
    private @Nullable Desk next() {
        Desk[] now = desks.toArray(new Desk[0]); // others may leave meanwhile
        if (now.length == 0) {
            return null;
        }
        turn = (turn + 1) % now.length;
        return now[turn];
    }

    private record Wanted(ListenerConfig listener, InetSocketAddress where) {}

    private record Served(ListenerConfig listener, ListeningSocket socket, boolean isNew) {}

    /** Listeners that are ready to take the place of those of now. */
    public final class Change {
        private final List<Served> served;
        private final List<ListeningSocket> leftOver;

        private Change(List<Served> served, List<ListeningSocket> leftOver) {
            this.served = served;
            this.leftOver = List.copyOf(leftOver);
        }

        /**
         * Lets all of them accept, and those of before no more that are not among them. Who negotiates already goes on as he
         * has begun.
         */
        public void commit(HandshakeServices terms) {
            synchronized (Listening.this) {
                if (closed) {
                    cancel();
                    return;
                }
                Map<String, InetSocketAddress> bound = new HashMap<>();
                served.forEach(
                        each -> bound.put(each.listener().name(), each.socket().address()));
                own.replace(bound);
                served.forEach(each -> each.socket().serve(ListenerHandshakes.of(each.listener(), terms)));
                leftOver.forEach(ListeningSocket::close);
                sockets = served.stream().map(Served::socket).toList();
            }
        }

        /** Closes what was opened. */
        public void cancel() {
            served.stream().filter(Served::isNew).forEach(each -> each.socket().close());
        }

        /** How many sockets are new. */
        public int opened() {
            return (int) served.stream().filter(Served::isNew).count();
        }

        /** How many sockets are closed when this is committed. */
        public int closes() {
            return leftOver.size();
        }
    }
}
