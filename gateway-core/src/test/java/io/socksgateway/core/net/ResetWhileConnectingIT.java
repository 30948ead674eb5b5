package io.socksgateway.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.util.concurrent.Promise;
import io.socksgateway.core.session.Failure;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.TcpState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A target that resets when its connection is known to be there, but has no channel yet. */
class ResetWhileConnectingIT {

    private static final MultiThreadIoEventLoopGroup LOOPS =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    @AfterAll
    static void stop() throws InterruptedException {
        LOOPS.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(30, TimeUnit.SECONDS);
    }

    @Test
    void countsAsARefusalAndLeavesNoSocket() throws Exception {
        LinuxSocket socket = LinuxSocket.newSocketStream(false);
        InetSocketAddress remote;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            remote = (InetSocketAddress) server.getLocalSocketAddress();
            boolean unused = socket.connect(remote); // on loopback it is there at once, or as soon as it is accepted
            try (Socket accepted = server.accept()) {
                accepted.setSoLinger(true, 0);
            }
            Eventually.isTrue("reset", () -> TcpState.countTo(remote.getPort()) == 0);
        }
        Path descriptor = Path.of("/proc/self/fd", Integer.toString(socket.intValue()));
        Path identity = Files.readSymbolicLink(descriptor);
        EventLoop loop = LOOPS.next();
        Promise<Channel> connected = loop.newPromise();
        loop.execute(() -> EpollConnector.adopt(loop, socket, remote, connected));
        assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(connected.cause()).isInstanceOfSatisfying(ConnectFailure.class, failure -> assertThat(failure.kind())
                .isEqualTo(Failure.REFUSED));
        assertThat(Files.exists(descriptor)
                        && Files.readSymbolicLink(descriptor).equals(identity))
                .as("still open")
                .isFalse();
    }
}
