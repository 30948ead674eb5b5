package io.socksgateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.socksgateway.core.address.Addresses;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutletTest {

    private static final InetSocketAddress TO =
            new InetSocketAddress(Addresses.parse("192.0.2.1").orElseThrow(), 9);

    private final List<String> sent = new ArrayList<>();
    private final Kernel kernel = new Kernel();
    private final DropCounters drops = new DropCounters();
    private final Outlet outlet = new Outlet(
            new DatagramPort() {
                @Override
                public Channel channel() {
                    return kernel;
                }

                @Override
                public void sendEmpty(InetSocketAddress to) {
                    sent.add("");
                }
            },
            drops);

    /** A channel whose kernel may have no room. */
    private final class Kernel extends EmbeddedChannel {
        private boolean full;

        @Override
        protected void doWrite(ChannelOutboundBuffer in) {
            for (Object message = in.current(); message != null && !full; message = in.current()) {
                sent.add(((DatagramPacket) message).content().toString(StandardCharsets.US_ASCII));
                in.remove();
            }
        }
    }

    @AfterEach
    void close() {
        kernel.finishAndReleaseAll();
    }

    @Test
    void aBatchIsSentTogetherInOrder() {
        assertThat(write("a")).isTrue();
        assertThat(write("b")).isTrue();
        assertThat(sent).isEmpty();
        assertThat(write("")).isTrue();
        assertThat(sent).containsExactly("a", "b", "");
        assertThat(write("c")).isTrue();
        outlet.flush();
        assertThat(sent).containsExactly("a", "b", "", "c");
    }

    @Test
    void whileTheKernelIsFullNothingPilesUp() {
        kernel.full = true;
        assertThat(write("a")).isTrue();
        assertThat(write("b")).isTrue();
        outlet.flush();

        ByteBuf refused = Unpooled.copiedBuffer("c", StandardCharsets.US_ASCII);
        assertThat(outlet.write(refused, TO)).isFalse();
        outlet.flush();
        assertThat(refused.refCnt()).isZero();
        assertThat(drops.total(Drop.BACKLOG)).isEqualTo(1);

        kernel.full = false;
        kernel.flush(); // as when it becomes writable
        assertThat(write("d")).isTrue();
        outlet.flush();
        assertThat(sent).containsExactly("a", "b", "d");
    }

    @Test
    void aClosedSocketTakesNothing() {
        kernel.close();
        assertThat(write("a")).isFalse();
        assertThat(write("")).isFalse();
        assertThat(drops.total(Drop.BACKLOG)).isEqualTo(2);
    }

    @Test
    void whatIsNotSentWhenItClosesIsReleased() {
        ByteBuf unsent = Unpooled.copiedBuffer("a", StandardCharsets.US_ASCII);
        assertThat(outlet.write(unsent, TO)).isTrue();
        outlet.close();
        assertThat(unsent.refCnt()).isZero();
        assertThat(kernel.isOpen()).isFalse();
    }

    private boolean write(String text) {
        return outlet.write(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII), TO);
    }
}
