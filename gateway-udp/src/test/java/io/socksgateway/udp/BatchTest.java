package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.socksgateway.core.address.Addresses;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final InetSocketAddress A =
            new InetSocketAddress(Addresses.parse("192.0.2.1").orElseThrow(), 9);
    private static final InetSocketAddress B =
            new InetSocketAddress(Addresses.parse("192.0.2.2").orElseThrow(), 9);

    private final List<String> sent = new ArrayList<>();
    private final List<ByteBuf> added = new ArrayList<>();
    private final Kernel kernel = new Kernel();

    @BeforeAll
    static void epoll() {
        Epoll.ensureAvailability(); // the names of errors are in its library
    }

    /** A channel whose kernel may know no segments. */
    private final class Kernel extends EmbeddedChannel {
        private boolean refuses;
        private int errno = 5;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) {
            for (DatagramPacket packet = (DatagramPacket) in.current();
                    packet != null;
                    packet = (DatagramPacket) in.current()) {
                if (refuses && packet instanceof SegmentedDatagramPacket) {
                    in.remove(new NativeIoException("sendmmsg", -errno, false));
                } else {
                    int length = packet instanceof SegmentedDatagramPacket segments ? segments.segmentSize() : 0;
                    sent.add(packet.content().toString(StandardCharsets.US_ASCII) + (length == 0 ? "" : "/" + length));
                    in.remove();
                }
            }
        }
    }

    @AfterEach
    void nothingIsLeft() {
        kernel.finishAndReleaseAll();
        assertThat(added).allMatch(datagram -> datagram.refCnt() == 0);
    }

    @Test
    void thoseOfOneLengthToOneDestinationGoTogether() {
        send(true, A, "ab", "cd", "ef");
        assertThat(sent).containsExactly("abcdef/2");
    }

    @Test
    void aShorterOneIsTheLast() {
        send(true, A, "ab", "cd", "e", "f", "gh");
        assertThat(sent).containsExactly("abcde/2", "f", "gh");
    }

    @Test
    void aLongerOneBeginsAnew() {
        send(true, A, "a", "bc", "de");
        assertThat(sent).containsExactly("a", "bcde/2");
    }

    @Test
    void anotherDestinationBeginsAnew() {
        Batch batch = new Batch(kernel, true);
        batch.add(datagram("ab"), A);
        batch.add(datagram("cd"), B);
        batch.add(datagram("ef"), B);
        batch.pass();
        kernel.flush();
        assertThat(sent).containsExactly("ab", "cdef/2");
    }

    @Test
    void oneByOneWhereThereAreNoSegments() {
        send(false, A, "ab", "cd");
        assertThat(sent).containsExactly("ab", "cd");
    }

    @Test
    void whatTheKernelRefusesTogetherIsSentOneByOneFromThenOn() {
        kernel.refuses = true;
        Batch batch = new Batch(kernel, true);
        for (String text : List.of("ab", "cd", "e")) {
            batch.add(datagram(text), A);
        }
        batch.pass();
        kernel.flush();
        kernel.refuses = false;
        for (String text : List.of("fg", "hi")) {
            batch.add(datagram(text), A);
        }
        batch.pass();
        kernel.flush();
        assertThat(sent).containsExactly("ab", "cd", "e", "fg", "hi");
    }

    /** A target that cannot be reached is no reason to send more than once. */
    @Test
    void whatFailsForAnotherReasonIsLostAsAnyDatagramAndToldOf() {
        kernel.refuses = true;
        kernel.errno = 101;
        List<Throwable> lost = new ArrayList<>();
        kernel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                lost.add(cause);
            }
        });
        send(true, A, "ab", "cd", "e");
        assertThat(lost).hasSize(3).allMatch(cause -> cause instanceof NativeIoException);
        assertThat(sent).isEmpty();
        kernel.refuses = false;
        send(true, A, "ab", "cd");
        assertThat(sent).containsExactly("abcd/2");
        assertThat(lost).hasSize(3);
    }

    /** The path may carry no more than 1,280 octets, and whoever sets "don't fragment" would lose them all. */
    @Test
    void longOnesAreNotPutTogether() {
        send(true, A, "x".repeat(1_200), "y".repeat(1_200), "z".repeat(1_201), "z".repeat(1_201));
        assertThat(sent)
                .containsExactly("x".repeat(1_200) + "y".repeat(1_200) + "/1200", "z".repeat(1_201), "z".repeat(1_201));
    }

    @Test
    void noMoreThanTheKernelTakesAtOnce() {
        send(true, A, "abcdefgh".repeat(25).split("(?<=\\G..)"));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).hasSize(128 + "/2".length());
        sent.clear();
        String[] large = new String[51];
        java.util.Arrays.fill(large, "x".repeat(1_200));
        send(true, A, large);
        assertThat(sent).hasSize(2).first().asString().hasSize(60_000 + "/1200".length());
    }

    private void send(boolean segments, InetSocketAddress to, String... texts) {
        Batch batch = new Batch(kernel, segments);
        for (String text : texts) {
            batch.add(datagram(text), to);
        }
        batch.pass();
        kernel.flush();
    }

    private ByteBuf datagram(String text) {
        ByteBuf datagram = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        added.add(datagram);
        return datagram;
    }
}
