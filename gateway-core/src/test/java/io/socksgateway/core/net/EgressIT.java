package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.session.Failure;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From which address targets are reached. */
class EgressIT {

    /** Every address of 127.0.0.0/8 is this machine's. */
    private static final EgressAddresses OTHER_LOOPBACK = egress("127.0.0.2");

    /** For documentation, so nobody's. */
    private static final EgressAddresses NOT_HERE = egress("192.0.2.10");

    private static EgressAddresses egress(String address) {
        return EgressAddresses.of(List.of(Addresses.parse(address).orElseThrow()));
    }

    private static Optional<String> problem(String... addresses) {
        return EgressAddresses.problem(Stream.of(addresses)
                .map(address -> Addresses.parse(address).orElseThrow())
                .toList());
    }

    private static Future<Channel> connect(IoHandlerFactory handlers, Connector connector, InetSocketAddress target)
            throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, handlers);
        try {
            EventLoop loop = loops.next();
            Future<Channel> attempt =
                    loop.submit(() -> connector.connect(loop, target)).get(30, TimeUnit.SECONDS);
            assertThat(attempt.await(30, TimeUnit.SECONDS)).isTrue();
            return attempt;
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void targetsSeeTheEgressAddressAndTheReplyNamesIt() throws Exception {
        CoreGateway gateway = CoreGateway.setup().egress(OTHER_LOOPBACK).start();
        try (TestTarget target = TestTarget.manual();
                SocksClient client = gateway.client()) {
            InetSocketAddress bound = client.greet().connectTo(target.address()).expectSuccess();
            assertThat(target.accept().getRemoteSocketAddress()).isEqualTo(bound);
            assertThat(Addresses.format(bound.getAddress())).isEqualTo("127.0.0.2");
        } finally {
            gateway.close();
        }
    }

    @Test
    void theOtherFamilyIsReachedAllTheSame() throws Exception {
        CoreGateway gateway = CoreGateway.setup().egress(OTHER_LOOPBACK).start();
        InetAddress six = Addresses.parse("::1").orElseThrow();
        try (TestTarget target = TestTarget.on(six, null, 0);
                SocksClient client = gateway.client()) {
            assertThat(client.greet()
                            .connectTo(target.address())
                            .expectSuccess()
                            .getAddress())
                    .isEqualTo(six);
        } finally {
            gateway.close();
        }
    }

    @Test
    void nioBindsToo() throws Exception {
        try (TestTarget target = TestTarget.manual()) {
            Future<Channel> attempt = connect(
                    NioIoHandler.newFactory(),
                    new NettyConnector(NioSocketChannel::new, OTHER_LOOPBACK),
                    target.address());
            assertThat(attempt.isSuccess()).isTrue();
            assertThat(Addresses.format(target.accept().getInetAddress())).isEqualTo("127.0.0.2");
        }
    }

    @Test
    void anAddressThatIsNotHereIsAProblemOfThisMachine() throws Exception {
        assertThat(problem("127.0.0.2", "127.0.0.3", "::1")).isEmpty();
        assertThat(problem("127.0.0.2", "192.0.2.10"))
                .hasValueSatisfying(text -> assertThat(text).startsWith("192.0.2.10 is no address of this machine"));
        assertThat(problem("2001:db8::10")).isPresent();
        try (TestTarget target = TestTarget.manual()) {
            Future<Channel> attempt =
                    connect(EpollIoHandler.newFactory(), new EpollConnector(NOT_HERE), target.address());
            assertThat(((ConnectFailure) attempt.cause()).kind()).isEqualTo(Failure.LOCAL);
        }
    }
}
