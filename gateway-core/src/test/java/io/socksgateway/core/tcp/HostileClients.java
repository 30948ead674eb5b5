package io.socksgateway.core.tcp;

import io.socksgateway.core.fuzz.ClientFrames;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Clients that say sensible things, changed and cut at random, and that leave in every way there is; many at a time. */
final class HostileClients {

    private static final int AT_A_TIME = 24;
    /** Milliseconds for what has to come. */
    private static final int PATIENCE = 40_000;

    private final InetSocketAddress gateway;
    private final List<byte[]> sensible;

    HostileClients(InetSocketAddress gateway, InetSocketAddress target) {
        this.gateway = gateway;
        String request = SocksClient.connectRequest(target);
        String port = Hex.port(target.getPort());
        String login = "01 05" + Hex.ascii("alice") + "06" + Hex.ascii("secret");
        this.sensible = List.of(
                Hex.bytes("05 01 00" + request),
                Hex.bytes("05 01 00" + request + Hex.ascii("early data")),
                Hex.bytes("05 02 00 02" + login + request),
                Hex.bytes("05 01 02" + login),
                Hex.bytes("05 01 02" + login + request),
                Hex.bytes("05 01 00 05 01 00 03" + Hex.counted("target.test") + port),
                Hex.bytes("05 01 00 05 01 00 03 00 00 00"),
                Hex.bytes("05 01 00 05 02 00 01 00 00 00 00 00 00"), // BIND
                Hex.bytes("05 01 00 05 03 00 01 00 00 00 00 00 00"),
                Hex.bytes("05 01 00 05 01 00 01 7f 00 00 01 00 01"), // port 1, where nobody listens
                Hex.bytes("04 01" + port + "7f 00 00 01" + Hex.ascii("me") + "00"),
                Hex.bytes("04 01" + port + "00 00 00 01 00" + Hex.ascii("target.test") + "00"),
                Hex.bytes("04 02 00 00 7f 00 00 01 00"),
                ("GET / HTTP/1.1\r\nHost: " + gateway + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Runs so many clients.
     *
     * @param seed of all that they do; when and in which order is left to the scheduler
     * @throws Exception if one of them could not even connect, or waited in vain
     */
    void run(int clients, long seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Callable<Void>> tasks = IntStream.range(0, AT_A_TIME)
                    .<Callable<Void>>mapToObj(thread -> () -> {
                        Random random = new Random(seed + thread);
                        for (int i = thread; i < clients; i += AT_A_TIME) {
                            visit(random);
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(tasks, 5, TimeUnit.MINUTES)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void visit(Random random) throws IOException {
        byte[] octets = octets(random);
        try (Socket socket = new Socket()) {
            socket.connect(gateway, PATIENCE);
            try {
                talk(socket, octets, random);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("no end after " + Hex.text(octets), e);
            } catch (IOException e) {
                // it may well be thrown out
            }
        }
    }

    private static void talk(Socket socket, byte[] octets, Random random) throws IOException {
        socket.setSoTimeout(PATIENCE);
        int cut = random.nextInt(3) == 0 ? random.nextInt(octets.length + 1) : octets.length;
        socket.getOutputStream().write(octets, 0, cut);
        if (cut < octets.length) {
            socket.getOutputStream().write(octets, cut, octets.length - cut);
        }
        switch (random.nextInt(6)) {
            case 0 -> { // FIN, and all that there is to hear
                socket.shutdownOutput();
                socket.getInputStream().transferTo(new ByteArrayOutputStream());
            }
            case 1 -> socket.shutdownOutput();
            case 2 -> socket.setSoLinger(true, 0); // RST
            case 3 -> {
                whatIsThere(socket);
                socket.setSoLinger(true, 0);
            }
            case 4 -> whatIsThere(socket);
            default -> {} // FIN, with unread input: RST
        }
    }

    private static void whatIsThere(Socket socket) throws IOException {
        socket.setSoTimeout(3);
        InputStream in = socket.getInputStream();
        try {
            while (in.read() >= 0) {}
        } catch (SocketTimeoutException e) {
            // that was all
        }
        socket.setSoTimeout(PATIENCE);
    }

    private byte[] octets(Random random) {
        byte[] octets;
        if (random.nextInt(5) == 0) {
            octets = new byte[random.nextInt(600)];
            random.nextBytes(octets);
            if (octets.length > 0 && random.nextBoolean()) {
                octets[0] = (byte) (4 + random.nextInt(2));
            }
        } else {
            byte[] one = sensible.get(random.nextInt(sensible.size()));
            octets = random.nextBoolean()
                    ? one.clone()
                    : ClientFrames.join(one, sensible.get(random.nextInt(sensible.size())));
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
        }
        return random.nextInt(10) < 3 ? Arrays.copyOf(octets, random.nextInt(octets.length + 1)) : octets;
    }
}
