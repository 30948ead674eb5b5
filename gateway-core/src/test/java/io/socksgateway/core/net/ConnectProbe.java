package io.socksgateway.core.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import io.socksgateway.core.address.Addresses;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A process of its own, for a network of its own: connects and prints what became of it, a line each. */
final class ConnectProbe {

    private static final int PORT = 9;
    private static final int SECONDS = 20;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final PrintStream out;

    private ConnectProbe(PrintStream out) {
        this.out = out;
    }

    /**
     * {@code connect ADDRESS...}, directly and through a gateway, as soon as the first two refuse connections; {@code bind ADDRESS...} for such peers; or {@code share
     * LOCAL COUNT} for so many connections to each of two targets.
     */
    public static void main(String[] arguments) throws Exception {
        ConnectProbe probe = new ConnectProbe(System.out);
        try {
            if (arguments[0].equals("connect")) {
                awaitRefusal(arguments[1]);
                awaitRefusal(arguments[2]);
                probe.connect(List.of(arguments).subList(1, arguments.length));
            } else if (arguments[0].equals("bind")) {
                probe.bind(List.of(arguments).subList(1, arguments.length));
            } else {
                probe.share(address(arguments[1]), Integer.parseInt(arguments[2]));
            }
        } finally {
            probe.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static InetAddress address(String literal) {
        return Addresses.parse(literal).orElseThrow();
    }

    /** Waits until an address answers, and so the way there and back works. */
    private static void awaitRefusal(String literal) throws Exception {
        Eventually.isTrue(literal + " refuses", () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address(literal), PORT), 1_000);
                return false;
            } catch (IOException e) {
                return String.valueOf(e.getMessage()).startsWith("Connection refused");
            }
        });
    }

    private void connect(List<String> addresses) throws Exception {
        Connector connector = new EpollConnector();
        Map<String, Future<Channel>> direct = new LinkedHashMap<>();
        Map<String, SocksClient> clients = new LinkedHashMap<>();
        try (CoreGateway gateway = CoreGateway.setup().start()) {
            for (String address : addresses) {
                InetSocketAddress target = new InetSocketAddress(address(address), PORT);
                direct.put(address, connect(connector, target));
                clients.put(address, gateway.client().greet().connectTo(target));
            }
            for (Map.Entry<String, SocksClient> client : clients.entrySet()) {
                String reply = Hex.text(client.getValue().read(2)).substring(3);
                Future<Channel> attempt = Objects.requireNonNull(direct.get(client.getKey()));
                out.println(client.getKey() + " " + result(attempt) + " reply " + reply);
            }
        }
    }

    private void bind(List<String> addresses) throws Exception {
        try (CoreGateway gateway = CoreGateway.setup().start()) {
            for (String address : addresses) {
                String request = SocksClient.connectRequest(new InetSocketAddress(address(address), PORT))
                        .replaceFirst("05 01", "05 02");
                try (SocksClient client = gateway.client().greet().send(request)) {
                    String reply = Hex.text(client.read(4));
                    InetAddress told = InetAddress.getByAddress(client.read(reply.endsWith("01") ? 4 : 16));
                    out.println(address + " reply " + reply.substring(3, 5) + " told " + Addresses.format(told));
                }
            }
        }
    }

    private void share(InetAddress local, int count) throws Exception {
        Connector connector = new EpollConnector(EgressAddresses.of(List.of(local)));
        List<ServerSocketChannel> servers = new ArrayList<>();
        List<Future<Channel>> running = new ArrayList<>();
        for (int port = 50_001; port <= 50_002; port++) {
            // The range of free ports is left to the clients, and nobody else is in this network.
            servers.add(ServerSocketChannel.open().bind(new InetSocketAddress(local, port), 1_000));
            for (int i = 0; i < count; i++) {
                running.add(connect(connector, new InetSocketAddress(local, port)));
            }
        }
        running.forEach(attempt -> out.println(result(attempt)));
        for (ServerSocketChannel server : servers) {
            server.close();
        }
    }

    private Future<Channel> connect(Connector connector, InetSocketAddress target) {
        return loop.submit(() -> connector.connect(loop, target))
                .syncUninterruptibly()
                .getNow();
    }

    private static String result(Future<Channel> attempt) {
        if (!attempt.awaitUninterruptibly(SECONDS, TimeUnit.SECONDS)) {
            return "nothing";
        }
        return attempt.isSuccess()
                ? "connected"
                : attempt.cause() instanceof ConnectFailure known
                        ? known.kind() + String.valueOf(known.getMessage()).replaceFirst(".*:", "")
                        : attempt.cause().toString();
    }
}
