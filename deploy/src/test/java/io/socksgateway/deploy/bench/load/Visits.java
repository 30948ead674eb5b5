package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Clients that come at a rate that is given, whatever becomes of those who came before: each opens a tunnel, exchanges some messages with
 * the target, with a pause after each, and leaves.
 *
 * <p>Its methods may be called on any thread.
 */
public final class Visits implements AutoCloseable {

    private static final long TICK_MILLIS = 10;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final NativeOctets HELLO = NativeOctets.of(new byte[] {Greeting.ECHO});

    private final LoadLoop loop;
    private final Route route;
    private final Kind kind;
    private final Negotiation negotiation;
    private final NativeOctets message;
    private final Tally tally = new Tally();
    private final Set<Visit> present = new HashSet<>();
    private double perTick;
    private double due;
    private long heldBack;
    private Future<?> ticks;

    /**
     * What a visitor does.
     *
     * @param messages how many, 1 or more
     * @param octets of each
     * @param pauseMillis after each
     * @param most visitors at one time; who would be one more does not come
     */
    public record Kind(int messages, int octets, long pauseMillis, int most) {}

    public Visits(LoadLoop loop, Route route, Kind kind) {
        this.loop = loop;
        this.route = route;
        this.kind = kind;
        this.negotiation = Negotiation.of(route, SocksFrames.CONNECT);
        byte[] octets = new byte[kind.octets()];
        Pattern.octets().buffer().get(0, octets);
        this.message = NativeOctets.of(octets);
    }

    /** Lets so many come in a second from now on. */
    public void rate(double perSecond) throws InterruptedException {
        loop.run(() -> {
            perTick = perSecond * TICK_MILLIS / 1_000;
            if (ticks == null) {
                ticks = loop.every(TICK_MILLIS, this::tick);
            }
        });
    }

    private void tick() {
        for (due += perTick; due >= 1; due--) {
            if (present.size() < kind.most()) {
                Visit visit = new Visit();
                present.add(visit);
                visit.begin();
            } else {
                heldBack++;
            }
        }
        long now = System.nanoTime();
        present.stream()
                .filter(visit -> now - visit.heard > PATIENCE)
                .toList()
                .forEach(visit -> visit.tunnel.fail(Fault.TIMEOUT));
    }

    /** How many are there. */
    public int present() throws InterruptedException {
        return loop.call(present::size);
    }

    /** How many messages have come back. */
    public long exchanged() throws InterruptedException {
        return loop.call(tally::operations);
    }

    /** How many did not come as there were too many. */
    public long heldBack() throws InterruptedException {
        return loop.call(() -> heldBack);
    }

    /** What went wrong so far. */
    public Map<Fault, Long> faults() throws InterruptedException {
        return loop.call(tally::faults);
    }

    /** Lets nobody come any more, and closes what is open. */
    @Override
    public void close() {
        loop.after(0, () -> {
            if (ticks != null) {
                ticks.cancel(false);
            }
            Set.copyOf(present).forEach(Visit::leave);
        });
    }

    private final class Visit implements Tunnel.User {

        private Tunnel tunnel;
        private int left = kind.messages();
        private int received;
        private long asked;
        private long heard;

        void begin() {
            heard = System.nanoTime();
            asked = heard;
            tunnel = Tunnel.open(loop, route.server(), negotiation, this);
        }

        @Override
        public void opened() throws IOException {
            tunnel.socket().noDelay();
            tunnel.socket().watch(EpollIoOps.EPOLLIN);
            tunnel.sendAll(HELLO);
            say();
        }

        private void say() throws IOException {
            received = 0;
            asked = System.nanoTime();
            tunnel.sendAll(message);
        }

        @Override
        public void ready(EpollIoOps events) throws IOException {
            NativeOctets scratch = loop.scratch();
            int count = tunnel.socket().receive(scratch);
            heard = System.nanoTime();
            if (count < 0) {
                tunnel.fail(Fault.CLOSED);
            } else if (received + count > message.length() || !message.matches(received, count, scratch, 0)) {
                tunnel.fail(Fault.CORRUPTED);
            } else {
                received += count;
                if (received == message.length()) {
                    answered();
                }
            }
        }

        private void answered() {
            tally.done(asked);
            if (--left == 0) {
                leave();
            } else {
                loop.after(kind.pauseMillis(), this::sayAgain);
            }
        }

        private void sayAgain() {
            if (!present.contains(this)) {
                return;
            }
            heard = System.nanoTime();
            try {
                say();
            } catch (IOException e) {
                tunnel.fail(Fault.CLOSED);
            }
        }

        @Override
        public void failed(Fault fault) {
            if (present.remove(this)) {
                tally.fault(fault);
            }
        }

        private void leave() {
            present.remove(this);
            tunnel.close();
        }
    }
}
