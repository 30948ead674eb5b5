package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Keeps a window of datagrams under way to the target and back: whenever one returns the next is sent in its place.
 *
 * <p>A datagram is the header of RFC 1928 section 7 if there is one, its place in the window, its number, and the
 * {@link Pattern}.
 */
final class UdpSlot implements Slot, Tunnel.User {

    private static final int MOST_AT_ONCE = 64;

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally;
    private final long patience;
    private final Probe[] window;
    private final int[] returned = new int[MOST_AT_ONCE];
    private Tunnel tunnel;
    private LoopSocket datagrams;
    private boolean finishing;

    /**
     * @param patience nanoseconds after which a datagram counts as lost
     * @param size octets of the payload
     */
    UdpSlot(
            LoadLoop loop,
            Route route,
            Negotiation negotiation,
            Tally tally,
            long patience,
            int size,
            int windowLength) {
        this.loop = loop;
        this.route = route;
        this.negotiation = negotiation;
        this.tally = tally;
        this.patience = patience;
        this.window = new Probe[windowLength];
        for (int i = 0; i < windowLength; i++) {
            window[i] = Probe.of(route, i, size);
        }
    }

    @Override
    public void open() {
        if (route.socks()) {
            tunnel = Tunnel.open(loop, route.server(), negotiation, this);
            return;
        }
        try {
            associate(route.datagrams());
        } catch (IOException e) {
            tally.fault(Fault.LOCAL);
        }
    }

    @Override
    public void opened() throws IOException {
        tunnel.socket().watch(EpollIoOps.EPOLLIN);
        associate(tunnel.bound());
    }

    private void associate(InetSocketAddress relay) throws IOException {
        datagrams = LoopSocket.datagrams(loop, events -> arrived());
        datagrams.only(relay);
        datagrams.watch(EpollIoOps.EPOLLIN);
        for (Probe probe : window) {
            probe.send(datagrams);
        }
    }

    /** The control connection says nothing unless it ends. */
    @Override
    public void ready(EpollIoOps events) {
        tunnel.fail(Fault.CLOSED);
    }

    @Override
    public void failed(Fault fault) {
        tally.fault(fault);
    }

    private void arrived() {
        int count = 0;
        try {
            while (count < MOST_AT_ONCE) {
                int length = datagrams.receive(loop.scratch());
                if (length <= 0) {
                    break;
                }
                int place = Probe.place(route, loop.scratch(), length);
                if (place < 0 || place >= window.length) {
                    tally.fault(Fault.CORRUPTED);
                } else if (window[place].isReturned(loop.scratch(), length, tally)) {
                    returned[count++] = place;
                }
            }
            for (int i = 0; i < count && !finishing; i++) {
                window[returned[i]].send(datagrams);
            }
        } catch (IOException e) {
            tally.fault(Fault.CLOSED);
        }
    }

    @Override
    public void check(long now) {
        if (datagrams == null) {
            return;
        }
        try {
            for (Probe probe : window) {
                if (probe.isOverdue(now, patience)) {
                    tally.fault(Fault.LOST);
                    probe.giveUp(finishing ? null : datagrams);
                }
            }
        } catch (IOException e) {
            tally.fault(Fault.CLOSED);
        }
    }

    @Override
    public boolean isOpen() {
        return datagrams != null;
    }

    @Override
    public void finish() {
        finishing = true;
    }

    @Override
    public boolean isFinished() {
        for (Probe probe : window) {
            if (probe.isUnderWay()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (tunnel != null) {
            tunnel.close();
        }
        if (datagrams != null) {
            datagrams.close();
        }
    }
}
