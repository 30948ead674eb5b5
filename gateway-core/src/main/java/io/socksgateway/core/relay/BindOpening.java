package io.socksgateway.core.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.net.ConnectFailure;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.net.DeadlineWheel;
import io.socksgateway.core.net.NameFailure;
import io.socksgateway.core.net.Sockets;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.session.Failure;
import io.socksgateway.core.session.SessionInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * BIND: resolve → check each address → listen → tell the client where → wait for the one peer → tell who it is (RFC 1928
 * section 6).
 *
 * <p>The peer must come from DST.ADDR, whatever its port; 0.0.0.0 or :: admits any that the rules allow. Others are turned
 * away and the wait goes on.
 *
 * <p>Confined to its event loop.
 */
final class BindOpening implements Opening {

    private static final Logger LOG = LoggerFactory.getLogger(BindOpening.class);

    private static final SparseLog CANNOT_LISTEN = new SparseLog(LOG, System::nanoTime);

    /** Peers that wait to be looked at; only one is ever taken. */
    private static final int BACKLOG = 8;

    private final RelayServices services;
    private final Subject subject;
    private final Endpoint expected;
    private final @Nullable InetAddress egress;
    private final Channel client;
    private final EventLoop loop;
    private final DeadlineWheel wheel;
    private final Session session;
    private final Deadline deadline;
    private List<InetAddress> admitted = List.of();
    private @Nullable Channel listening;
    private boolean done;

    BindOpening(
            RelayServices services,
            SessionInfo info,
            Channel client,
            EventLoop loop,
            DeadlineWheel wheel,
            Session session) {
        this.services = services;
        this.subject = info.subject();
        this.expected = info.request().destination();
        this.egress = info.identity().egress();
        this.client = client;
        this.loop = loop;
        this.wheel = wheel;
        this.session = session;
        this.deadline = Deadline.of(() -> fail(Failure.TIMED_OUT));
    }

    @Override
    public void start() {
        if (expected.host() instanceof Host.Address address) {
            listen(List.of(address.value())); // which the rules were asked about
        } else {
            wheel.arm(deadline, services.timeouts().connect());
            resolve(expected.host().toString());
        }
    }

    private void resolve(String name) {
        services.names()
                .resolveAll(loop, name, expected.port(), subject.client())
                .addListener((Future<List<InetSocketAddress>> resolved) -> {
                    if (done) {
                        return;
                    }
                    if (resolved.isSuccess() && !resolved.getNow().isEmpty()) {
                        check(resolved.getNow());
                    } else {
                        fail(NameFailure.kindOf(resolved.cause()));
                    }
                });
    }

    /** Only an address that may be the peer is waited for. An unspecified one is nobody if a name has led to it. */
    private void check(List<InetSocketAddress> addresses) {
        List<InetAddress> allowed = new ArrayList<>(addresses.size());
        Verdict denial = null;
        for (InetSocketAddress resolved : addresses) {
            InetAddress address = resolved.getAddress();
            Verdict verdict = decide(address);
            if (verdict.allowed() && !address.isAnyLocalAddress()) {
                allowed.add(address);
            } else if (denial == null) {
                denial = verdict;
            }
        }
        if (allowed.isEmpty()) {
            cancel();
            session.denied(denial == null ? null : denial.rule());
        } else {
            listen(allowed);
        }
    }

    private void listen(List<InetAddress> peers) {
        InetAddress local;
        try {
            local = services.binds().localFor(peers, clientSide(), egress);
        } catch (ConnectFailure e) {
            LOG.debug("BIND cannot be reached: {}", e.getMessage());
            fail(e.kind());
            return;
        }
        admitted = peers;
        wheel.arm(deadline, services.timeouts().bind());
        ChannelFuture binding = new ServerBootstrap()
                .group(loop, loop)
                .channelFactory(services.binds().serverChannels())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new PeerHandler())
                .bind(new InetSocketAddress(local, 0));
        listening = binding.channel();
        binding.addListener(bound -> {
            if (done) {
                binding.channel().close();
            } else if (bound.isSuccess() && keepsUrgent(binding.channel())) {
                session.announce(services.binds()
                        .told((InetSocketAddress) binding.channel().localAddress()));
                client.config().setAutoRead(true); // to see it leave
            } else {
                String why =
                        bound.isSuccess() ? "socket options" : bound.cause().getMessage();
                CANNOT_LISTEN.warn("BIND cannot listen on " + Addresses.format(local) + ": " + why);
                fail(Failure.LOCAL);
            }
        });
    }

    private static boolean keepsUrgent(Channel listening) {
        if (listening instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            try {
                Sockets.keepUrgent(socket);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private InetAddress clientSide() {
        return ((InetSocketAddress) client.localAddress()).getAddress();
    }

    private void accepted(Channel peer) {
        InetSocketAddress address = (InetSocketAddress) peer.remoteAddress();
        if (done || address == null) {
            Sockets.reset(peer);
            return;
        }
        Verdict verdict = decide(address.getAddress());
        if (!isExpected(address.getAddress()) || !verdict.allowed()) {
            LOG.debug("BIND turns {} away", Endpoint.of(address));
            Sockets.reset(peer);
            return;
        }
        cancel();
        client.config().setAutoRead(false);
        Sockets.prepare(peer);
        session.reaches(address, verdict.rule());
        session.opened(peer, address);
    }

    /** The port that a rule's {@code ports} means is the one that the client has stated. */
    private Verdict decide(InetAddress peer) {
        String name = expected.host() instanceof Host.Name named ? named.value() : null;
        return services.rules().decide(subject, name, peer, expected.port());
    }

    private boolean isExpected(InetAddress peer) {
        for (InetAddress address : admitted) {
            if (address.isAnyLocalAddress() || address.equals(peer)) {
                return true;
            }
        }
        return false;
    }

    private void fail(Failure failure) {
        if (!done) {
            cancel();
            session.failed(failure);
        }
    }

    /** Closing the listening socket turns away whoever waits in its backlog. */
    @Override
    public void cancel() {
        done = true;
        deadline.cancel();
        if (listening != null) {
            listening.close();
        }
    }

    /** Nobody is left to tell who came: the port is free again. */
    @Override
    public void clientFinished(ChannelHandlerContext ctx) {
        if (!done) {
            cancel();
            session.abandoned();
        }
    }

    /** Looks at each peer as it is accepted, and leaves its pipeline. */
    @Sharable
    private final class PeerHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.pipeline().remove(this);
            accepted(ctx.channel());
        }
    }
}
