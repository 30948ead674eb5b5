package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;

/** Receives the pattern from the target, compares every octet, and at the end waits for the last one that was sent. */
final class DownloadSlot implements Slot, Tunnel.User {

    private static final NativeOctets STOP = NativeOctets.of(new byte[] {Greeting.STOP});

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally;
    private final Transfer transfer;
    private Tunnel tunnel;
    private long received;
    private boolean failed;

    DownloadSlot(LoadLoop loop, Route route, Negotiation negotiation, Tally tally, Transfer transfer) {
        this.loop = loop;
        this.route = route;
        this.negotiation = negotiation;
        this.tally = tally;
        this.transfer = transfer;
    }

    @Override
    public void open() {
        tunnel = Tunnel.open(loop, route.server(), negotiation, this);
    }

    @Override
    public void opened() throws IOException {
        tunnel.sendAll(Greeting.numbered(Greeting.SOURCE, transfer.number()));
        tunnel.socket().watch(EpollIoOps.EPOLLIN);
    }

    @Override
    public void ready(EpollIoOps events) throws IOException {
        NativeOctets scratch = loop.scratch();
        int count = tunnel.socket().receive(scratch);
        if (count < 0) {
            tunnel.fail(Fault.CLOSED);
        } else if (!Pattern.matches(scratch, count, received)) {
            tunnel.fail(Fault.CORRUPTED);
        } else {
            received += count;
        }
    }

    @Override
    public void failed(Fault fault) {
        failed = true;
        tally.fault(fault);
    }

    @Override
    public boolean isOpen() {
        return received > 0 || failed;
    }

    @Override
    public void finish() {
        if (!tunnel.isOpen()) {
            return;
        }
        try {
            tunnel.sendAll(STOP);
        } catch (IOException e) {
            tunnel.fail(Fault.CLOSED);
        }
    }

    @Override
    public boolean isFinished() {
        return failed || (transfer.hasEnded() && received == transfer.octets());
    }

    @Override
    public long octets() {
        return received;
    }

    @Override
    public void close() {
        if (!failed) {
            tally.fault(Fault.LOST, transfer.octets() - received);
        }
        tunnel.close();
    }
}
