package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The socket by which an association reaches targets of one address family, opened for the first of them. What comes back
 * must be from an address that was written to or, if {@code udp.anySender} is set, from one that could be.
 *
 * <p>Confined to its event loop.
 */
final class TargetPort extends ChannelInboundHandlerAdapter {

    /** How long no socket is opened again after that has failed, in milliseconds. */
    private static final long RETRY = 1_000;

    private final UdpServices services;
    private final LoopResources resources;
    private final boolean v6;
    private final Targets targets;
    private final Routes.Answers answers;
    private final Judge judge;
    private @Nullable Outlet outlet;
    private long retryAt = Long.MIN_VALUE;
    private boolean closed;

    /** Knows what the client may send to. */
    interface Judge {

        /** To be called before a verdict from before is relied on. */
        void useCurrentRules();

        /** Whether the rules let the client send to an address. */
        boolean mayBeSentTo(InetSocketAddress address);
    }

    /**
     * A port that is not open yet.
     *
     * @param judge knows the rules
     */
    TargetPort(
            UdpServices services,
            LoopResources resources,
            boolean v6,
            Targets targets,
            Routes.Answers answers,
            Judge judge) {
        this.services = services;
        this.resources = resources;
        this.v6 = v6;
        this.targets = targets;
        this.answers = answers;
        this.judge = judge;
    }

    /**
     * Adds a datagram to the batch.
     *
     * @param payload released in the end
     * @return false if it was dropped
     */
    boolean write(Target target, ByteBuf payload) {
        Outlet open = outlet == null ? open() : outlet;
        if (open == null) {
            payload.release();
            services.drops().count(Drop.BACKLOG);
            return false;
        }
        return open.write(payload, target.address());
    }

    private @Nullable Outlet open() {
        InetAddress egress = services.egress().localFor(v6);
        if (closed || egress == null || resources.wheel().now() < retryAt) {
            return null;
        }
        try {
            InetSocketAddress local = new InetSocketAddress(egress, 0);
            outlet = new Outlet(services.sockets().open(resources, local, this), services.drops());
        } catch (IOException e) {
            retryAt = resources.wheel().now() + RETRY;
        }
        return outlet;
    }

    /** Sends the batch. */
    void flush() {
        if (outlet != null) {
            outlet.flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof DatagramPacket answer) || closed) {
            ReferenceCountUtil.release(message);
            return;
        }
        judge.useCurrentRules();
        Target target = targets.find(answer.sender());
        if (target != null && target.isWritten()) {
            answers.answer(target.header(), answer.content());
        } else if (!services.config().anySender()) {
            drop(Drop.STRANGER, answer);
        } else if (!judge.mayBeSentTo(answer.sender())) {
            drop(Drop.DENIED, answer);
        } else {
            answers.answer(Target.header(answer.sender()), answer.content());
        }
    }

    private void drop(Drop cause, DatagramPacket answer) {
        answer.release();
        services.drops().count(cause);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        answers.flush();
    }

    /** A datagram could not be sent: that is its own affair. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        services.drops().count(Drop.UNSENDABLE);
    }

    void close() {
        closed = true;
        if (outlet != null) {
            outlet.close();
        }
    }
}
