package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.socksgateway.core.net.Deadline;
import io.socksgateway.core.quota.Direction;
import io.socksgateway.core.rules.Subject;
import io.socksgateway.core.wire.UdpHeader;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The socket that a client sends to: who has sent it → wrapping, if there is one → header → fragments → destination. And
 * back: answers, each with its source in front.
 *
 * <p>Confined to its event loop.
 */
final class ClientPort extends ChannelInboundHandlerAdapter implements Routes.Answers {

    private final UdpServices services;
    private final LoopResources resources;
    private final ClientSender sender;
    private final Wrapping wrapping;
    private final Traffic traffic;
    private final Routes routes;
    private final UdpHeader header = new UdpHeader();
    private final Deadline fragmentTimer = Deadline.of(this::abandonFragments);
    private @Nullable Reassembly reassembly;
    private @Nullable Outlet outlet;
    private boolean closed;

    ClientPort(
            UdpServices services,
            LoopResources resources,
            ClientSender sender,
            Wrapping wrapping,
            Subject subject,
            Traffic traffic) {
        this.services = services;
        this.resources = resources;
        this.sender = sender;
        this.wrapping = wrapping;
        this.traffic = traffic;
        this.routes = new Routes(services, resources, subject, traffic, this);
    }

    /** The socket is open. */
    void opened(DatagramPort port) {
        outlet = new Outlet(port, services.drops());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof DatagramPacket datagram) || closed) {
            ReferenceCountUtil.release(message);
        } else if (sender.admits(datagram.sender())) {
            unwrap(datagram.content(), datagram.sender());
        } else {
            drop(Drop.FOREIGN, datagram.content());
        }
    }

    private void unwrap(ByteBuf datagram, InetSocketAddress from) {
        ByteBuf plain = wrapping.open(datagram);
        if (plain == null) {
            drop(Drop.MALFORMED, datagram);
        } else {
            relay(plain, from);
        }
    }

    private void relay(ByteBuf datagram, InetSocketAddress from) {
        if (!header.decode(datagram) || header.port() == 0) {
            drop(Drop.MALFORMED, datagram);
            return;
        }
        NamedTarget named = header.isName() ? routes.findName(header, datagram) : null;
        if (header.isName() && named == null) {
            drop(Drop.MALFORMED, datagram);
            return;
        }
        sender.pin(from);
        ByteBuf payload = header.isFragment() ? reassemble(datagram) : standalone(datagram);
        if (payload == null) {
            return;
        }
        if (named == null) {
            routes.relay(routes.find(header), payload);
        } else {
            named.relay(payload);
        }
    }

    /** Its FRAG 00 is less than the highest of a sequence that has begun, which that ends (RFC 1928 section 7). */
    private ByteBuf standalone(ByteBuf datagram) {
        if (reassembly != null && reassembly.isWaiting()) {
            abandonFragments();
            fragmentTimer.cancel();
        }
        return datagram;
    }

    private @Nullable ByteBuf reassemble(ByteBuf fragment) {
        long timeout = services.config().reassemblyTimeout();
        if (timeout == 0) {
            drop(Drop.FRAGMENT, fragment);
            return null;
        }
        if (reassembly == null) {
            reassembly = new Reassembly(
                    timeout,
                    () -> TimeUnit.NANOSECONDS.toMillis(
                            resources.loop().ticker().nanoTime()),
                    resources.fragments(),
                    fragment.alloc(),
                    lost -> services.drops().count(Drop.FRAGMENT, lost));
        }
        byte[] to = new byte[header.destinationLength()];
        fragment.getBytes(fragment.readerIndex() - to.length, to);
        ByteBuf whole = reassembly.add(header.position(), header.isLast(), to, fragment);
        fragment.release();
        if (!reassembly.isWaiting()) {
            fragmentTimer.cancel();
        } else if (header.position() == 1) {
            resources.wheel().arm(fragmentTimer, timeout);
        }
        return whole;
    }

    private void abandonFragments() {
        if (reassembly != null) {
            reassembly.abandon();
        }
    }

    private void drop(Drop cause, ByteBuf datagram) {
        datagram.release();
        services.drops().count(cause);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        routes.flush();
    }

    @Override
    public void answer(byte[] source, ByteBuf payload) {
        InetSocketAddress client = sender.pinned();
        if (outlet == null || client == null) {
            drop(Drop.STRANGER, payload);
            return;
        }
        int length = payload.readableBytes();
        if (!traffic.admits(Direction.DOWN, length)) {
            drop(Drop.QUOTA, payload);
            return;
        }
        ByteBuf whole = resources.slab().prepend(source, payload);
        ByteBuf wrapped = wrapping.seal(whole);
        if (wrapped == null) {
            traffic.notRelayed(Direction.DOWN, length);
            drop(Drop.UNSENDABLE, whole);
        } else if (outlet.write(wrapped, client)) {
            traffic.answered(length);
        } else {
            traffic.notRelayed(Direction.DOWN, length);
        }
    }

    @Override
    public void flush() {
        if (outlet != null) {
            outlet.flush();
        }
    }

    /** A datagram could not be sent: that is its own affair. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        services.drops().count(Drop.UNSENDABLE);
    }

    void close() {
        closed = true;
        fragmentTimer.cancel();
        abandonFragments();
        routes.close();
        if (outlet != null) {
            outlet.close();
        }
    }
}
