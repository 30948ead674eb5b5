package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;

/** A tunnel that has carried one octet there and back, and then nothing more. */
final class IdleSlot implements Slot, Tunnel.User {

    private static final byte OCTET = 'x';
    private static final NativeOctets HELLO = NativeOctets.of(new byte[] {Greeting.ECHO, OCTET});

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally;
    private Tunnel tunnel;
    private long began;
    private boolean carried;
    private boolean failed;

    IdleSlot(LoadLoop loop, Route route, Negotiation negotiation, Tally tally) {
        this.loop = loop;
        this.route = route;
        this.negotiation = negotiation;
        this.tally = tally;
    }

    @Override
    public void open() {
        began = System.nanoTime();
        tunnel = Tunnel.open(loop, route.server(), negotiation, this);
    }

    @Override
    public void opened() throws IOException {
        tunnel.sendAll(HELLO);
    }

    @Override
    public void ready(EpollIoOps events) throws IOException {
        NativeOctets scratch = loop.scratch();
        int count = tunnel.socket().receive(scratch);
        if (count < 0) {
            tunnel.fail(Fault.CLOSED);
        } else if (count > 1 || (count == 1 && (carried || scratch.buffer().get(0) != OCTET))) {
            tunnel.fail(Fault.CORRUPTED);
        } else if (count == 1) {
            carried = true;
            tally.done(began);
        }
    }

    @Override
    public void failed(Fault fault) {
        failed = true;
        tally.fault(fault);
    }

    @Override
    public boolean isOpen() {
        return carried || failed;
    }

    @Override
    public void finish() {
        // there is nothing to end
    }

    @Override
    public boolean isFinished() {
        return true;
    }

    @Override
    public void close() {
        if (tunnel != null) {
            tunnel.close();
        }
    }
}
