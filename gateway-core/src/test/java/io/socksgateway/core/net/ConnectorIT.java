package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.session.Failure;
import io.socksgateway.testkit.Blackhole;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.TcpState;
import io.socksgateway.testkit.TestTarget;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both connectors keep the same promises. */
class ConnectorIT {

    private static final MultiThreadIoEventLoopGroup LOOPS =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    @AfterAll
    static void stop() throws InterruptedException {
        LOOPS.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(30, TimeUnit.SECONDS);
    }

    static List<Named<Connector>> connectors() {
        return List.of(
                Named.of("epoll", new EpollConnector()),
                Named.of("netty", new NettyConnector(EpollSocketChannel::new, EgressAddresses.ANY)));
    }

    private static Future<Channel> connect(Connector connector, InetSocketAddress remote) throws Exception {
        var loop = LOOPS.next();
        return loop.submit(() -> connector.connect(loop, remote)).get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void givesAChannelThatDoesNotReadYet(Connector connector) throws Exception {
        try (TestTarget target = TestTarget.manual()) {
            Channel channel = connect(connector, target.address()).get(30, TimeUnit.SECONDS);
            assertThat(channel.isActive()).isTrue();
            assertThat(channel.config().isAutoRead()).isFalse();
            assertThat(channel.pipeline().names()).hasSize(1); // the tail
            assertThat(channel.remoteAddress()).isEqualTo(target.address());
            assertThat(target.accept().getRemoteSocketAddress()).isEqualTo(channel.localAddress());
            channel.close().await(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void tellsARefusal(Connector connector) throws Exception {
        InetSocketAddress gone = ClosedPort.address();
        Future<Channel> attempt = connect(connector, gone);
        assertThat(attempt.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(attempt.cause()).isInstanceOfSatisfying(ConnectFailure.class, failure -> assertThat(failure.kind())
                .isEqualTo(Failure.REFUSED));
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void cancelledItClosesTheSocket(Connector connector) throws Exception {
        try (Blackhole hole = Blackhole.open()) {
            int port = hole.address().getPort();
            long before = TcpState.countTo(port);
            Future<Channel> attempt = connect(connector, hole.address());
            assertThat(TcpState.countTo(port)).isEqualTo(before + 1);
            assertThat(attempt.cancel(false)).isTrue();
            Eventually.isTrue("closed", () -> TcpState.countTo(port) == before);
        }
    }
}
