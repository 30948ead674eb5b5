package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;

/** Sends the pattern to the target, and at the end waits until the last octet has arrived. */
final class UploadSlot implements Slot, Tunnel.User {

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally;
    private final Transfer transfer;
    private Tunnel tunnel;
    private long sent;
    private boolean failed;
    private boolean finishing;

    UploadSlot(LoadLoop loop, Route route, Negotiation negotiation, Tally tally, Transfer transfer) {
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
        tunnel.sendAll(Greeting.numbered(Greeting.SINK, transfer.number()));
        tunnel.socket().watch(EpollIoOps.EPOLLOUT);
    }

    @Override
    public void ready(EpollIoOps events) throws IOException {
        if (finishing) {
            if (tunnel.socket().receive(loop.scratch()) < 0) {
                tunnel.fail(Fault.CLOSED);
            }
            return;
        }
        int index = Pattern.index(sent);
        sent += tunnel.socket().send(Pattern.octets(), index, index + Pattern.MAX_PART);
    }

    @Override
    public void failed(Fault fault) {
        failed = true;
        tally.fault(fault);
    }

    @Override
    public boolean isOpen() {
        return transfer.octets() > 0 || failed;
    }

    @Override
    public void finish() {
        finishing = true;
        if (tunnel.isOpen()) {
            tunnel.socket().watch(EpollIoOps.EPOLLIN); // the end, if it comes before its time
        }
    }

    @Override
    public boolean isFinished() {
        return failed || transfer.octets() == sent;
    }

    @Override
    public long octets() {
        return transfer.octets();
    }

    @Override
    public void close() {
        if (transfer.isCorrupted()) {
            tally.fault(Fault.CORRUPTED);
        } else if (!failed) {
            tally.fault(Fault.LOST, sent - transfer.octets());
        }
        tunnel.close();
    }
}
