package io.socksgateway.deploy.bench.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socksgateway.deploy.bench.load.Target;
import io.socksgateway.deploy.bench.server.SoakedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What clients do beside visiting, the rude ones among them. */
final class Activities {

    private static final int CHUNK = 8 << 20;
    private static final byte[] MESSAGE = new byte[1_000];
    private static final int MESSAGES = 5;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final Gateway gateway;
    private final AtomicInteger turn = new AtomicInteger();

    private Activities(Gateway gateway) {
        this.gateway = gateway;
    }

    /** All of them. */
    static List<Activity> of(Gateway gateway) {
        Activities it = new Activities(gateway);
        Datagrams datagrams = new Datagrams(gateway);
        Operators operators = new Operators(gateway);
        return List.of(
                new Activity("login", 240, it::login),
                new Activity("bulk, counted", 120, () -> it.bulk(gateway.open())),
                new Activity("bulk, metered", 120, () -> it.bulk(gateway.loggedIn(SoakedGateway.EVERYDAY))),
                new Activity("bulk, reset", 60, it::bulkThatIsReset),
                new Activity("udp", 180, () -> datagrams.exchange(gateway.open())),
                new Activity("udp, metered", 60, () -> datagrams.exchange(gateway.loggedIn(SoakedGateway.EVERYDAY))),
                new Activity("udp, idle", 60, true, datagrams::forget),
                new Activity("bind", 120, it::bind),
                new Activity("bind, nobody comes", 30, true, it::bindInVain),
                new Activity("wrong password", 240, it::guess),
                new Activity("denied", 180, () -> it.refused(loopback(9))),
                new Activity("guarded", 180, () -> it.refused(new InetSocketAddress("10.1.2.3", 80))),
                new Activity("refused by the target", 180, () -> it.refused(loopback(1))),
                new Activity("unknown name", 60, it::unknownName),
                new Activity("malformed", 300, it::malformed),
                new Activity("silent", 60, true, it::silent),
                new Activity("above the quota", 12, it::greedy),
                new Activity("half closed", 60, it::halfClosed),
                new Activity("killed", 60, operators::kill),
                new Activity("killed with the user", 12, operators::killUser),
                new Activity("reload", 12, operators::reload),
                new Activity("reload of nonsense", 12, operators::reloadNonsense));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Talk tunnel(Talk talk) throws IOException {
        talk.ask(Talk.CONNECT, gateway.echo()).agreed();
        return talk.send(Target.ECHO);
    }

    private void login() throws IOException {
        try (Talk talk = tunnel(gateway.loggedIn(SoakedGateway.EVERYDAY))) {
            for (int i = 0; i < MESSAGES; i++) {
                talk.echo(MESSAGE);
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void bulk(Talk client) throws IOException {
        try (client) {
            client.ask(Talk.CONNECT, gateway.bulk()).agreed();
            client.send(number(CHUNK));
            long came = client.readAll();
            if (came != CHUNK) {
                throw new Surprise(came + " octets instead of " + CHUNK);
            }
        }
    }

    private void bulkThatIsReset() throws IOException {
        try (Talk client = gateway.open()) {
            client.ask(Talk.CONNECT, gateway.bulk()).agreed();
            client.send(number(CHUNK));
            byte[] unused = client.read(CHUNK / 4);
            client.reset();
        }
    }

    private static byte[] number(int number) {
        return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    private void bind() throws IOException {
        try (Talk client = gateway.open()) {
            InetSocketAddress where = client.ask(Talk.BIND, loopback(0)).agreed();
            try (Talk peer = Talk.with(where, null)) {
                InetSocketAddress unused = client.agreed();
                peer.send(MESSAGE);
                byte[] there = client.read(MESSAGE.length);
                client.send(there);
                byte[] unusedToo = peer.read(MESSAGE.length);
                client.finish();
                peer.gone();
            }
        }
    }

    private void bindInVain() throws IOException {
        try (Talk client = gateway.open()) {
            InetSocketAddress unused = client.ask(Talk.BIND, loopback(0)).agreed();
            client.refused();
        }
    }

    /** From many addresses, as each is banned after some guesses, and told so by a connection that ends. */
    private void guess() throws IOException {
        int number = turn.incrementAndGet();
        InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + number % 20)});
        try (Talk client = gateway.atLogin(from)) {
            if (client.login("mallory-" + number % 30, "a guess")) {
                throw new Surprise("a guess was right");
            }
            client.gone();
        } catch (Surprise e) {
            throw e;
        } catch (IOException e) {
            // a banned client may be left without an answer
        }
    }

    private void refused(InetSocketAddress destination) throws IOException {
        try (Talk client = gateway.open()) {
            client.ask(Talk.CONNECT, destination).refused();
            client.gone();
        }
    }

    private void unknownName() throws IOException {
        try (Talk client = gateway.open()) {
            client.ask(Talk.CONNECT, "nowhere.invalid", 80).refused();
            client.gone();
        }
    }

    private void malformed() throws IOException {
        try (Talk client = gateway.silent()) {
            switch (turn.incrementAndGet() % 6) {
                case 0 -> client.send("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
                case 1 -> client.send((byte) 5, (byte) 0);
                case 2 ->
                    client.greet()
                            .send(
                                    (byte) 5,
                                    (byte) 9,
                                    (byte) 0,
                                    (byte) 1,
                                    (byte) 127,
                                    (byte) 0,
                                    (byte) 0,
                                    (byte) 1,
                                    (byte) 0,
                                    (byte) 9);
                case 3 -> client.greet().send((byte) 5, (byte) 1, (byte) 0, (byte) 7);
                case 4 ->
                    client.send(new byte[] {4, 1, 0, 9, 127, 0, 0, 1})
                            .send("x".repeat(2_000).getBytes(US_ASCII));
                default -> client.send((byte) 5, (byte) 3).finish();
            }
            client.gone();
        } catch (Surprise e) {
            throw e;
        } catch (IOException e) {
            // it was told so by a reset
        }
    }

    private void silent() throws IOException {
        try (Talk client = gateway.silent()) {
            client.gone();
        }
    }

    private void halfClosed() throws IOException {
        try (Talk client = tunnel(gateway.open())) {
            client.echo(MESSAGE);
            client.finish().gone();
        }
    }

    /** Opens more tunnels than the group may have: those are refused, and no others. */
    private void greedy() throws IOException {
        List<Talk> clients = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < SoakedGateway.GROUP_SESSIONS + 5; i++) {
                Talk client = gateway.loggedIn(SoakedGateway.GREEDY);
                clients.add(client);
                refused += client.ask(Talk.CONNECT, gateway.echo()).reply().code() == 2 ? 1 : 0;
            }
        } finally {
            for (Talk client : clients) {
                client.close();
            }
        }
        if (refused < 5) {
            throw new Surprise(refused + " refused instead of 5");
        }
    }
}
