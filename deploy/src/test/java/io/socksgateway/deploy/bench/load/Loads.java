package io.socksgateway.deploy.bench.load;

import java.util.List;
import java.util.stream.Stream;

/** Makes loads whose clients live on one loop. */
public final class Loads {

    private static final int AT_ONCE = 64;

    private final LoadLoop loop;
    private final Target target;
    private final long patience;

    public Loads(LoadLoop loop, Target target) {
        this(loop, target, Patience.DATAGRAM);
    }

    /**
     * The same with another patience.
     *
     * @param patience nanoseconds after which a datagram counts as lost
     */
    public Loads(LoadLoop loop, Target target, long patience) {
        this.loop = loop;
        this.target = target;
        this.patience = patience;
    }

    /** Makes one client; all of a load share the rest. */
    @FunctionalInterface
    private interface Maker {
        Slot slot(Negotiation negotiation, Tally tally);
    }

    /** Connections one after the other, so many at a time, each of which carries an octet there and back. */
    public Load connecting(Route route, int clients) {
        return connects(route, clients, (talk, tally) -> new ConnectSlot(loop, route, talk, tally));
    }

    /** Messages there and back through tunnels that stay. */
    public Load echo(Route route, int clients, int size) {
        return connects(route, clients, (talk, tally) -> new EchoSlot(loop, route, talk, tally, size));
    }

    /** Streams from the target to the clients. */
    public Load down(Route route, int clients) {
        return connects(route, clients, (talk, tally) -> new DownloadSlot(loop, route, talk, tally, target.transfer()));
    }

    /** Streams from the clients to the target. */
    public Load up(Route route, int clients) {
        return connects(route, clients, (talk, tally) -> new UploadSlot(loop, route, talk, tally, target.transfer()));
    }

    /** Tunnels that have carried an octet and then wait. */
    public Load idle(Route route, int clients) {
        return connects(route, clients, (talk, tally) -> new IdleSlot(loop, route, talk, tally));
    }

    /**
     * Datagrams there and back, each client through an association of its own.
     *
     * @param size octets of the payload
     * @param window datagrams that a client has under way
     */
    public Load datagrams(Route route, int clients, int size, int window) {
        Negotiation talk = Negotiation.of(route, SocksFrames.ASSOCIATE);
        return load(clients, talk, (it, tally) -> new UdpSlot(loop, route, it, tally, patience, size, window));
    }

    private Load connects(Route route, int clients, Maker maker) {
        return load(clients, Negotiation.of(route, SocksFrames.CONNECT), maker);
    }

    private Load load(int clients, Negotiation negotiation, Maker maker) {
        Tally tally = new Tally();
        List<Slot> slots = Stream.generate(() -> maker.slot(negotiation, tally))
                .limit(clients)
                .toList();
        return new Load(loop, tally, slots, AT_ONCE);
    }
}
