package io.socksgateway.testkit;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.quota.Allowance;
import io.socksgateway.core.session.ByteCounts;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.SessionInfo;
import io.socksgateway.core.wire.Command;
import io.socksgateway.core.wire.SocksRequest;
import io.socksgateway.core.wire.SocksVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** An open session without sockets, which remembers how it was ended. */
public final class KnownSession implements LiveSession {

    private final SessionInfo info;
    private final ByteCounts bytes = new ByteCounts();
    private final BlockingQueue<EndReason> ends = new LinkedBlockingQueue<>();

    private LiveSessions node = new LiveSessions();

    private KnownSession(SessionInfo info) {
        this.info = info;
    }

    /** A tunnel of a user, or of nobody in particular, from 192.0.2.1. */
    public static KnownSession of(String id, @Nullable String user) {
        return of(id, new Identity(user, Set.of()), "192.0.2.1");
    }

    public static KnownSession of(String id, Identity identity, String client) {
        InetSocketAddress from = new InetSocketAddress(Addresses.parse(client).orElseThrow(), 40_000);
        Endpoint to =
                Endpoint.of(new InetSocketAddress(Addresses.parse("203.0.113.1").orElseThrow(), 443));
        SocksRequest request = new SocksRequest(SocksVersion.SOCKS5, 1, to, "");
        return new KnownSession(new SessionInfo(
                id,
                "public",
                from,
                identity,
                request,
                Command.CONNECT,
                List.of(),
                Allowance.unlimited(),
                System.nanoTime()));
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public State state() {
        return State.OPEN;
    }

    @Override
    public InetSocketAddress dialled() {
        return new InetSocketAddress(Addresses.parse("203.0.113.1").orElseThrow(), 443);
    }

    @Override
    public @Nullable String rule() {
        return "all";
    }

    @Override
    public ByteCounts bytes() {
        return bytes;
    }

    /** Leaves the sessions of a node when it is told to end. */
    public KnownSession endingIn(LiveSessions live) {
        node = live;
        return this;
    }

    @Override
    public void end(EndReason reason) {
        ends.add(reason);
        node.ended(this);
    }

    /** How it was told to end, in order. */
    public List<EndReason> ends() {
        return List.copyOf(ends);
    }
}
