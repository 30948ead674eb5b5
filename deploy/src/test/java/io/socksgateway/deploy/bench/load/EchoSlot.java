package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;

/** Sends a small message through a tunnel, waits for all of it to come back, and again. */
final class EchoSlot implements Slot, Tunnel.User {

    private static final NativeOctets HELLO = NativeOctets.of(new byte[] {Greeting.ECHO});

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally;
    private final NativeOctets message;
    private Tunnel tunnel;
    private int received;
    private long trips;
    private long began;
    private boolean busy;
    private boolean finishing;

    /**
     * @param size octets of a message
     */
    EchoSlot(LoadLoop loop, Route route, Negotiation negotiation, Tally tally, int size) {
        this.loop = loop;
        this.route = route;
        this.negotiation = negotiation;
        this.tally = tally;
        byte[] octets = new byte[size];
        Pattern.octets().buffer().get(0, octets);
        this.message = NativeOctets.of(octets);
    }

    @Override
    public void open() {
        busy = false;
        if (!finishing) {
            began = System.nanoTime();
            tunnel = Tunnel.open(loop, route.server(), negotiation, this);
        }
    }

    @Override
    public void opened() throws IOException {
        tunnel.socket().noDelay();
        tunnel.socket().watch(EpollIoOps.EPOLLIN);
        tunnel.sendAll(HELLO);
        send();
    }

    private void send() throws IOException {
        busy = !finishing;
        if (busy) {
            received = 0;
            trips++;
            message.buffer().putLong(0, trips);
            began = System.nanoTime();
            tunnel.sendAll(message);
        }
    }

    @Override
    public void ready(EpollIoOps events) throws IOException {
        NativeOctets scratch = loop.scratch();
        int count = tunnel.socket().receive(scratch);
        if (count < 0) {
            tunnel.fail(Fault.CLOSED);
        } else if (received + count > message.length() || !message.matches(received, count, scratch, 0)) {
            tunnel.fail(Fault.CORRUPTED);
        } else {
            received += count;
            if (received == message.length()) {
                tally.done(began);
                send();
            }
        }
    }

    @Override
    public void failed(Fault fault) {
        tally.fault(fault);
        loop.after(Patience.RETRY_MILLIS, this::open);
    }

    @Override
    public void check(long now) {
        if (tunnel != null && !isFinished() && now - began > Patience.OPERATION) {
            began = now;
            tunnel.fail(Fault.TIMEOUT);
        }
    }

    @Override
    public boolean isOpen() {
        return busy;
    }

    @Override
    public void finish() {
        finishing = true;
    }

    @Override
    public boolean isFinished() {
        return finishing && !busy;
    }

    @Override
    public void close() {
        tunnel.close();
    }
}
