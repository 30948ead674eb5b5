package io.socksgateway.deploy.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The load generator: what it does without a server in between, and what it notices of a bad one. */
@EnabledOnOs(OS.LINUX)
class LoadIT {

    private static final int MIB = 1 << 20;

    private final LoadLoop loop = new LoadLoop("clients");
    private Target target;
    private Loads loads;

    @BeforeEach
    void start() throws InterruptedException {
        target = Target.start();
        loads = new Loads(loop, target, TimeUnit.SECONDS.toNanos(5)); // a thread may be held up for longer than usual
    }

    @AfterEach
    void stop() {
        loop.close();
        target.close();
    }

    private enum Kind {
        CONNECTING(4),
        ECHO(4),
        DOWN(2),
        UP(2),
        IDLE(200),
        DATAGRAMS(2);

        private final int clients;

        Kind(int clients) {
            this.clients = clients;
        }
    }

    private Load load(Kind kind, Route route) {
        return switch (kind) {
            case CONNECTING -> loads.connecting(route, kind.clients);
            case ECHO -> loads.echo(route, kind.clients, 64);
            case DOWN -> loads.down(route, kind.clients);
            case UP -> loads.up(route, kind.clients);
            case IDLE -> loads.idle(route, kind.clients);
            case DATAGRAMS -> loads.datagrams(route, kind.clients, 512, 16);
        };
    }

    @ParameterizedTest
    @EnumSource
    void doesItsWork(Kind kind) throws Exception {
        Load load = load(kind, Route.direct(target));

        assertThat(load.open()).isEqualTo(kind.clients);
        boolean bulk = kind == Kind.DOWN || kind == Kind.UP;
        Eventually.isTrue("it works", () -> {
            Progress now = load.progress();
            return bulk ? now.octets() > 40 * MIB : now.operations() > 100;
        });

        assertThat(load.finish()).isEmpty();
    }

    /** What a relay does to one chunk; returns how many octets are left of it, or -1 to end there. */
    private interface Tampering {
        int on(byte[] chunk, int length, long position);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "UP", "ECHO", "CONNECTING", "IDLE"})
    void noticesAnOctetThatWasChanged(Kind kind) throws Exception {
        int greeting = kind == Kind.UP ? Greeting.NUMBERED : 0;
        assertThat(faultsThrough(kind, (chunk, length, position) -> {
                    if (position + length > greeting) {
                        chunk[length - 1]++;
                    }
                    return length;
                }))
                .containsKey(Fault.CORRUPTED);
    }

    /** Also where the reader does not look. */
    @Test
    void noticesAnOctetThatIsMissing() throws Exception {
        boolean[] dropped = new boolean[1];
        assertThat(faultsThrough(Kind.DOWN, (chunk, length, position) -> {
                    boolean drops = !dropped[0] && position > 5 * MIB;
                    dropped[0] |= drops;
                    return drops ? length - 1 : length;
                }))
                .containsExactly(Map.entry(Fault.CORRUPTED, 1L));
    }

    @Test
    void noticesAnEarlyEnd() throws Exception {
        assertThat(faultsThrough(Kind.DOWN, (chunk, length, position) -> position > MIB ? -1 : length))
                .containsExactly(Map.entry(Fault.CLOSED, 1L));
    }

    @Test
    void noticesARefusal() throws Exception {
        try (TestTarget server = TestTarget.serving(connection -> {
            int ignored = connection.getInputStream().read(new byte[3]);
            connection.getOutputStream().write(new byte[] {5, 0});
            ignored = connection.getInputStream().read(new byte[10]);
            connection.getOutputStream().write(new byte[] {5, 2, 0, 1, 0, 0, 0, 0, 0, 0});
        })) {
            assertThat(faults(loads.connecting(Route.socks(server.address(), null, target), 1)))
                    .containsOnlyKeys(Fault.REFUSED);
        }
    }

    @Test
    void countsDatagramsThatDoNotReturn() throws Exception {
        try (DatagramChannel silent = DatagramChannel.open()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Route nowhere = new Route(
                    target.streams(), false, null, target.streams(), (InetSocketAddress) silent.getLocalAddress());

            assertThat(faults(new Loads(loop, target).datagrams(nowhere, 1, 64, 16)))
                    .containsOnlyKeys(Fault.LOST);
        }
    }

    /** However many were given up for lost meanwhile. */
    @Test
    void datagramsThatComeLateAreNeitherLostNorWrong() throws Exception {
        try (DatagramChannel late = DatagramChannel.open()) {
            late.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Route held = new Route(
                    target.streams(), false, null, target.streams(), (InetSocketAddress) late.getLocalAddress());
            try (Load load = new Loads(loop, target, TimeUnit.MILLISECONDS.toNanos(50)).datagrams(held, 1, 64, 2)) {
                assertThat(load.open()).isEqualTo(1);
                Eventually.isTrue(
                        "each place of the window was given up some times",
                        () -> load.faults().getOrDefault(Fault.LOST, 0L) >= 6);

                Thread echo = new Thread(() -> echo(late), "late-echo");
                echo.setDaemon(true);
                echo.start();

                Eventually.isTrue("all of them return", () -> load.faults().isEmpty());
                assertThat(load.progress().operations()).isPositive();
            }
        }
    }

    private static void echo(DatagramChannel server) {
        ByteBuffer datagram = ByteBuffer.allocate(2_048);
        try {
            while (true) {
                SocketAddress sender = server.receive(datagram.clear());
                server.send(datagram.flip(), sender);
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** One stream or client of this kind through a relay that tampers with what it takes to the client, or to the target. */
    private Map<Fault, Long> faultsThrough(Kind kind, Tampering tampering) throws Exception {
        try (TestTarget relay = TestTarget.serving(client -> relay(client, tampering, kind == Kind.UP))) {
            Route route = Route.relay(relay.address(), target);
            return faults(
                    switch (kind) {
                        case DOWN -> loads.down(route, 1);
                        case UP -> loads.up(route, 1);
                        default -> load(kind, route);
                    });
        }
    }

    private void relay(Socket client, Tampering tampering, boolean upwards) throws IOException {
        try (Socket server = SocketChannel.open(target.streams()).socket()) {
            Tampering none = (chunk, length, position) -> length;
            Thread up = new Thread(() -> copy(client, server, upwards ? tampering : none), "relay-up");
            up.setDaemon(true);
            up.start();
            copy(server, client, upwards ? none : tampering);
        }
    }

    private static void copy(Socket from, Socket to, Tampering tampering) {
        byte[] chunk = new byte[64 << 10];
        long position = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
                int left = tampering.on(chunk, count, position);
                if (left < 0) {
                    break;
                }
                out.write(chunk, 0, left);
                position += count;
            }
            to.close();
        } catch (IOException e) {
            // the other end says so
        }
    }

    private Map<Fault, Long> faults(Load load) throws Exception {
        int ignored = load.open();
        Eventually.isTrue("it notices", () -> !load.faults().isEmpty());
        return load.finish();
    }
}
