package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;

/** Connects, sends an octet, waits for it to come back, resets the connection, and again. */
final class ConnectSlot implements Slot, Tunnel.User {

    private static final byte OCTET = 'x';
    private static final NativeOctets HELLO = NativeOctets.of(new byte[] {Greeting.ECHO, OCTET});

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally;
    private Tunnel tunnel;
    private long began;
    private boolean finishing;
    private boolean busy;
    private boolean tried;

    ConnectSlot(LoadLoop loop, Route route, Negotiation negotiation, Tally tally) {
        this.loop = loop;
        this.route = route;
        this.negotiation = negotiation;
        this.tally = tally;
    }

    @Override
    public void open() {
        busy = !finishing;
        if (busy) {
            began = System.nanoTime();
            tunnel = Tunnel.open(loop, route.server(), negotiation, this);
        }
    }

    @Override
    public void opened() throws IOException {
        tunnel.sendAll(HELLO);
    }

    @Override
    public void ready(EpollIoOps events) throws IOException {
        NativeOctets scratch = loop.scratch();
        int count = tunnel.socket().receive(scratch);
        if (count == 0) {
            return;
        }
        if (count < 0) {
            tunnel.fail(Fault.CLOSED);
        } else if (count > 1 || scratch.buffer().get(0) != OCTET) {
            tunnel.fail(Fault.CORRUPTED);
        } else {
            tried = true;
            tally.done(began);
            tunnel.close();
            open();
        }
    }

    @Override
    public void failed(Fault fault) {
        tried = true;
        tally.fault(fault);
        loop.after(Patience.RETRY_MILLIS, this::open);
    }

    @Override
    public void check(long now) {
        if (busy && now - began > Patience.OPERATION) {
            began = now;
            tunnel.fail(Fault.TIMEOUT);
        }
    }

    /** The first time may take long: a password is hashed once, and remembered for the next ones. */
    @Override
    public boolean isOpen() {
        return tried;
    }

    @Override
    public void finish() {
        finishing = true;
    }

    @Override
    public boolean isFinished() {
        return !busy;
    }

    @Override
    public void close() {
        finishing = true;
        tunnel.close();
    }
}
