package io.socksgateway.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that a socket is about to send. Those of one length to one destination, one behind the other, travel
 * through the kernel as one ({@code UDP_SEGMENT}), which takes them apart at the end; the last of them may be shorter.
 * That is most of what sending costs.
 *
 * <p>Where the kernel refuses, as it does for some kinds of network interface, they are sent one by one from then on. What
 * cannot be sent at all the channel's handler hears of by {@code exceptionCaught}, once for each datagram.
 *
 * <p>Confined to its event loop.
 */
final class Batch {

    /** The longest datagram that is put together with others, in octets: none of them may need fragments on its way. */
    private static final int LONGEST = 1_200;

    /** EIO: the interface computes no checksums; EINVAL: the datagrams are too long for it; EMSGSIZE: as well. */
    private static final Set<Integer> REFUSALS = Set.of(5, 22, 90);

    private static final int MOST_SEGMENTS = 64;
    private static final int MOST_OCTETS = 60_000;

    private final Channel channel;
    private boolean segments;
    private @Nullable ByteBuf held;
    private @Nullable InetSocketAddress to;
    private int segment;
    private int count;
    private boolean complete;

    /**
     * An empty batch.
     *
     * @param segments whether the channel can send {@link SegmentedDatagramPacket}
     */
    Batch(Channel channel, boolean segments) {
        this.channel = channel;
        this.segments = segments;
    }

    /** Adds a datagram with something in it; released in the end. */
    void add(ByteBuf payload, InetSocketAddress destination) {
        ByteBuf group = held;
        if (group != null && joins(group, payload.readableBytes(), destination)) {
            append(group, payload);
            return;
        }
        pass();
        held = payload;
        to = destination;
        segment = payload.readableBytes();
        count = 1;
        complete = false;
    }

    private boolean joins(ByteBuf group, int length, InetSocketAddress destination) {
        return segments
                && !complete
                && length <= segment
                && segment <= LONGEST
                && count < MOST_SEGMENTS
                && group.readableBytes() + length <= MOST_OCTETS
                && destination.equals(to);
    }

    private void append(ByteBuf group, ByteBuf payload) {
        ByteBuf all = group;
        if (count == 1) {
            all = channel.alloc().directBuffer(segment * 16);
            all.writeBytes(group);
            group.release();
            held = all;
        }
        complete = payload.readableBytes() < segment;
        all.writeBytes(payload);
        payload.release();
        count++;
    }

    /** Hands over to the channel what is held back. */
    void pass() {
        ByteBuf datagrams = held;
        InetSocketAddress destination = to;
        held = null;
        if (datagrams == null || destination == null) {
            return;
        }
        if (count == 1) {
            channel.write(new DatagramPacket(datagrams, destination), channel.voidPromise());
        } else {
            passTogether(datagrams, segment, destination);
        }
    }

    /** Drops what is held back. */
    void discard() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    private void passTogether(ByteBuf datagrams, int length, InetSocketAddress destination) {
        ByteBuf again = datagrams.retainedDuplicate();
        ChannelPromise sent = channel.newPromise();
        sent.addListener(done -> {
            if (isRefusal(done.cause()) && channel.isActive()) {
                segments = false;
                oneByOne(again, length, destination);
            } else if (!done.isSuccess()) {
                fail(again.readableBytes(), length, done.cause());
            }
            again.release();
        });
        channel.write(new SegmentedDatagramPacket(datagrams, length, destination), sent);
    }

    /** Whether the kernel cannot send datagrams together on this way; any other failure is that of the datagrams. */
    private static boolean isRefusal(@Nullable Throwable cause) {
        return cause instanceof NativeIoException error && REFUSALS.contains(-error.expectedErr());
    }

    /** Tells of each datagram that is lost, as the channel does of single ones. */
    private void fail(int octets, int length, Throwable cause) {
        for (int left = octets; left > 0 && channel.isRegistered(); left -= length) {
            channel.pipeline().fireExceptionCaught(cause);
        }
    }

    private void oneByOne(ByteBuf datagrams, int length, InetSocketAddress destination) {
        while (datagrams.isReadable()) {
            ByteBuf one = datagrams.readRetainedSlice(Math.min(length, datagrams.readableBytes()));
            channel.write(new DatagramPacket(one, destination), channel.voidPromise());
        }
        channel.flush();
    }
}
