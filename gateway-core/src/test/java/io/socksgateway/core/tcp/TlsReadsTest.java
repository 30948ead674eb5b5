package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslHandler;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.testkit.TestCa;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handlers around that of TLS: whoever is behind them sees a plain connection. */
class TlsReadsTest {

    private static final TestCa CA = TestCa.create();

    private final List<String> seen = new ArrayList<>();
    private int reads;
    private EmbeddedChannel client = new EmbeddedChannel();
    private EmbeddedChannel server = new EmbeddedChannel();

    private void handshake(String version) throws Exception {
        ListenerConfig listener = new ListenerConfig(
                "tls", "127.0.0.1", 0, Set.of(SocksVersion.SOCKS5), List.of("none"), List.of(), CA.listener(), false);
        server = new EmbeddedChannel(new ReadCounter());
        Objects.requireNonNull(ServerTls.of(List.of(listener)).get("tls")).addTo(server);
        server.pipeline().addLast(new Recorder());
        SSLEngine engine = CA.client().createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version});
        client = new EmbeddedChannel(new SslHandler(engine));
        boolean talking = true;
        while (talking) {
            boolean said = deliver();
            talking = answer() || said;
        }
        assertThat(client.pipeline().get(SslHandler.class).handshakeFuture().isSuccess())
                .isTrue();
        seen.clear();
    }

    @AfterEach
    void stop() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    /** All that the client has written, in one read. */
    @CanIgnoreReturnValue
    private boolean deliver() {
        return pass(client, server);
    }

    @CanIgnoreReturnValue
    private boolean answer() {
        return pass(server, client);
    }

    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = from.readOutbound(); part != null; part = from.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        boolean any = all.isReadable();
        if (any) {
            to.writeInbound(all);
        } else {
            all.release();
        }
        return any;
    }

    private void say(String... records) {
        for (String record : records) {
            client.writeOutbound(Unpooled.copiedBuffer(record, StandardCharsets.US_ASCII));
        }
    }

    private void sayNoMore() {
        client.pipeline().get(SslHandler.class).closeOutbound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void recordsThenTheEnd(String version) throws Exception {
        handshake(version);
        say("a", "b");
        sayNoMore();
        deliver();
        assertThat(seen).containsExactly("a", "b", "end");
        server.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        assertThat(seen).as("and once only").containsExactly("a", "b", "end");
    }

    /** As after a request: what is in the same read belongs to whoever takes over. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nothingComesWhileReadingIsOff(String version) throws Exception {
        handshake(version);
        say("stop", "b", "stop", "d");
        sayNoMore();
        deliver();
        assertThat(seen).containsExactly("stop");
        server.config().setAutoRead(true);
        assertThat(seen).containsExactly("stop", "b", "stop");
        server.config().setAutoRead(true);
        assertThat(seen).containsExactly("stop", "b", "stop", "d", "end");
    }

    /** Whoever turns reading on gets to finish what it is doing. */
    @Test
    void whatWaitsDoesNotComeInTheMiddle() throws Exception {
        handshake("TLSv1.3");
        say("stop", "again", "c");
        deliver();
        server.config().setAutoRead(true);
        assertThat(seen).containsExactly("stop", "again", "done", "c");
    }

    @Test
    void whatComesLaterIsBehindWhatWaits() throws Exception {
        handshake("TLSv1.3");
        say("stop", "b");
        deliver();
        server.config().setAutoRead(true);
        say("c");
        deliver();
        assertThat(seen).containsExactly("stop", "b", "c");
    }

    @Test
    void theTlsHandlerDoesNotReadOnItsOwnWhileReadingIsOff() throws Exception {
        handshake("TLSv1.3");
        say("stop");
        deliver();
        reads = 0;
        say("half a record");
        ByteBuf record = client.readOutbound();
        server.writeInbound(record.readRetainedSlice(7));
        server.pipeline().fireChannelReadComplete();
        assertThat(reads).isZero();
        server.config().setAutoRead(true);
        assertThat(reads).isPositive();
        server.writeInbound(record);
        assertThat(seen).containsExactly("stop", "half a record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whatFollowsTheEndIsDropped(String version) throws Exception {
        handshake(version);
        sayNoMore();
        deliver();
        ByteBuf junk = Unpooled.wrappedBuffer(new byte[1_000]);
        server.writeInbound(junk);
        assertThat(junk.refCnt()).isZero();
        assertThat(seen).containsExactly("end");
    }

    @Test
    void aFinWithoutCloseNotifyIsAnError() throws Exception {
        handshake("TLSv1.3");
        server.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        assertThat(seen).containsExactly("SSLException");
    }

    @Test
    void inTls13TheServerMayStillSpeakAfterTheClientsEnd() throws Exception {
        handshake("TLSv1.3");
        sayNoMore();
        deliver();
        server.writeOutbound(Unpooled.copiedBuffer("answer", StandardCharsets.US_ASCII));
        answer();
        ByteBuf heard = client.readInbound();
        assertThat(heard.toString(StandardCharsets.US_ASCII)).isEqualTo("answer");
        heard.release();
        assertThat(seen).containsExactly("end");
    }

    @Test
    void inTls12ItMayNot() throws Exception {
        handshake("TLSv1.2");
        sayNoMore();
        deliver();
        assertThat(server.writeOneOutbound(Unpooled.EMPTY_BUFFER).cause()).isNull();
        ByteBuf answer = Unpooled.copiedBuffer("answer", StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> server.writeOutbound(answer)).isInstanceOf(SSLException.class);
        assertThat(answer.refCnt()).isZero();
        assertThat(seen).containsExactly("end", "SslClosedEngineException");
    }

    @Test
    void whatStillWaitsGoesWithTheConnection() throws Exception {
        handshake("TLSv1.3");
        say("stop", "b");
        deliver();
        server.close();
        assertThat(seen).containsExactly("stop"); // and the leak detector has nothing to say
    }

    /** Notes what comes, and turns reading off when it is told to. */
    private final class Recorder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf octets = (ByteBuf) message;
            String text = octets.toString(StandardCharsets.US_ASCII);
            octets.release();
            seen.add(text);
            if (text.equals("stop") || text.equals("again")) {
                ctx.channel().config().setAutoRead(false);
            }
            if (text.equals("again")) {
                ctx.channel().config().setAutoRead(true);
                seen.add("done");
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownReadComplete.INSTANCE) {
                seen.add("end");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            seen.add(cause.getClass().getSimpleName());
        }
    }

    private final class ReadCounter extends ChannelOutboundHandlerAdapter {
        @Override
        public void read(ChannelHandlerContext ctx) {
            reads++;
            ctx.read();
        }
    }
}
