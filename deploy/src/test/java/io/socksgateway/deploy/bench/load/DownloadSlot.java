package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;

/** Receives the pattern from the target, and at the end waits for the last octet that was sent. */
final class DownloadSlot implements Slot, Tunnel.User {

    private static final NativeOctets STOP = NativeOctets.of(new byte[] {Greeting.STOP});

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally;
    private final Transfer transfer;
    private final PatternReader reader;
    private Tunnel tunnel;
    private boolean failed;

    DownloadSlot(LoadLoop loop, Route route, Negotiation negotiation, Tally tally, Transfer transfer) {
        this.loop = loop;
        this.route = route;
        this.negotiation = negotiation;
        this.tally = tally;
        this.transfer = transfer;
        this.reader = new PatternReader(loop);
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
        try {
            if (!reader.read(tunnel.socket())) {
                tunnel.fail(Fault.CLOSED);
            }
        } catch (CorruptedException e) {
            tunnel.fail(Fault.CORRUPTED);
        }
    }

    @Override
    public void failed(Fault fault) {
        failed = true;
        tally.fault(fault);
    }

    @Override
    public boolean isOpen() {
        return reader.octets() > 0 || failed;
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
        return failed || (transfer.hasEnded() && reader.octets() == transfer.octets());
    }

    @Override
    public long octets() {
        return reader.octets();
    }

    @Override
    public void close() {
        if (!failed) {
            tally.fault(Fault.LOST, transfer.octets() - reader.octets());
        }
        tunnel.close();
    }
}
