package io.socksgateway.deploy.bench.load;

import io.netty.channel.epoll.EpollIoOps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tunnels that are held open, and are silent but when they are asked for a sign of life.
 *
 * <p>Its methods may be called on any thread.
 */
public final class Crowd implements AutoCloseable {

    private static final int AT_ONCE = 128;
    private static final byte OCTET = 'x';
    private static final NativeOctets HELLO = NativeOctets.of(new byte[] {Greeting.ECHO, OCTET});
    private static final NativeOctets AGAIN = NativeOctets.of(new byte[] {OCTET});

    private final LoadLoop loop;
    private final Route route;
    private final Negotiation negotiation;
    private final Tally tally = new Tally();
    private final List<Member> members = new ArrayList<>();
    private int wanted;
    private int begun;
    private int settled;
    private int answers;

    public Crowd(LoadLoop loop, Route route) {
        this.loop = loop;
        this.route = route;
        this.negotiation = Negotiation.of(route, SocksFrames.CONNECT);
    }

    /** Opens more, and waits until each has carried an octet there and back, or failed; how many are held then. */
    public int open(int more, double seconds) throws InterruptedException {
        loop.run(() -> {
            wanted += more;
            for (int i = 0; i < AT_ONCE; i++) {
                next();
            }
        });
        boolean unused = loop.await(seconds, () -> settled == wanted);
        return held();
    }

    private void next() {
        if (begun < wanted) {
            begun++;
            Member member = new Member();
            members.add(member);
            member.tunnel = Tunnel.open(loop, route.server(), negotiation, member);
        }
    }

    private void settled() {
        settled++;
        next();
    }

    /** How many are open. */
    public int held() throws InterruptedException {
        return loop.call(() -> (int) members.stream()
                .filter(member -> member.carried && !member.failed)
                .count());
    }

    /** Sends an octet through each, and waits for them to come back; how many have. */
    public int answering(double seconds) throws InterruptedException {
        int all = loop.call(() -> {
            answers = 0;
            int asked = 0;
            for (Member member : members) {
                asked += member.ask() ? 1 : 0;
            }
            return asked;
        });
        boolean unused = loop.await(seconds, () -> answers == all);
        return loop.call(() -> answers);
    }

    /** What went wrong so far. */
    public Map<Fault, Long> faults() throws InterruptedException {
        return loop.call(tally::faults);
    }

    @Override
    public void close() {
        loop.after(0, () -> {
            wanted = begun;
            members.forEach(member -> member.tunnel.close());
        });
    }

    private final class Member implements Tunnel.User {

        private Tunnel tunnel;
        private boolean carried;
        private boolean failed;

        @Override
        public void opened() throws IOException {
            tunnel.socket().watch(EpollIoOps.EPOLLIN);
            tunnel.sendAll(HELLO);
        }

        private boolean ask() {
            if (!carried || failed) {
                return false;
            }
            try {
                tunnel.sendAll(AGAIN);
                return true;
            } catch (IOException e) {
                tunnel.fail(Fault.CLOSED);
                return false;
            }
        }

        @Override
        public void ready(EpollIoOps events) throws IOException {
            NativeOctets scratch = loop.scratch();
            int count = tunnel.socket().receive(scratch);
            if (count < 0) {
                tunnel.fail(Fault.CLOSED);
            } else if (count > 1 || (count == 1 && scratch.buffer().get(0) != OCTET)) {
                tunnel.fail(Fault.CORRUPTED);
            } else if (count == 1 && carried) {
                answers++;
            } else if (count == 1) {
                carried = true;
                settled();
            }
        }

        @Override
        public void failed(Fault fault) {
            failed = true;
            tally.fault(fault);
            if (!carried) {
                settled();
            }
        }
    }
}
