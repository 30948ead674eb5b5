package io.socksgateway.deploy.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One datagram of a window, sent again and again under another number. */
final class Probe {

    /** Place and number. */
    private static final int MARK = 8;

    private static final int SOCKS_HEADER = 10;

    private final NativeOctets datagram;
    private final int header;
    private int number;
    private long sent;
    private boolean underWay;
    private final Set<Integer> givenUp = new HashSet<>();

    private Probe(NativeOctets datagram, int header) {
        this.datagram = datagram;
        this.header = header;
    }

    /**
     * @param size octets of the payload, at least 8
     */
    static Probe of(Route route, int place, int size) {
        byte[] filling = new byte[size - MARK];
        Pattern.octets().buffer().get(place, filling);
        int header = header(route);
        ByteBuffer octets = ByteBuffer.allocate(header + size);
        if (header > 0) {
            octets.put(new byte[3]).put(SocksFrames.destination(route.datagrams()));
        }
        octets.putInt(place).putInt(0).put(filling);
        return new Probe(NativeOctets.of(octets.array()), header);
    }

    private static int header(Route route) {
        return route.socks() ? SOCKS_HEADER : 0;
    }

    /** The place in the window that a datagram names, or -1 if it is too short to name one. */
    static int place(Route route, NativeOctets received, int length) {
        int header = header(route);
        return length < header + MARK ? -1 : received.buffer().getInt(header);
    }

    void send(LoopSocket socket) throws IOException {
        datagram.buffer().putInt(header + 4, ++number);
        sent = System.nanoTime();
        underWay = true;
        // What the kernel does not take is overdue some time later.
        int ignored = socket.send(datagram, 0, datagram.length());
    }

    /** Whether this is the datagram that is under way; counts it, or what else it may be. */
    boolean isReturned(NativeOctets received, int length, Tally tally) {
        int itsNumber = received.buffer().getInt(header + 4);
        if (givenUp.remove(itsNumber)) {
            tally.found();
            return false;
        }
        if (length != datagram.length() || !underWay || !datagram.matches(header, length - header, received, header)) {
            tally.fault(Fault.CORRUPTED);
            return false;
        }
        underWay = false;
        tally.done(sent);
        return true;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /**
     * @param patience nanoseconds
     */
    boolean isOverdue(long now, long patience) {
        return underWay && now - sent > patience;
    }

    /** Gives the datagram up, and sends the next one instead unless that is over. */
    void giveUp(@Nullable LoopSocket socket) throws IOException {
        givenUp.add(number);
        underWay = false;
        if (socket != null) {
            send(socket);
        }
    }
}
