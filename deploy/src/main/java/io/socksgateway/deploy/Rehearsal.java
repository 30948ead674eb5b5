package io.socksgateway.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A gateway with a configuration to be thrown away, on a free port of the loopback interface, and one session through it:
 * login, connection, enough octets for the tunnel to become a fast one. What a start needs is then loaded and linked.
 *
 * <p>Everything else is refused by its rules; the password is a random one.
 */
final class Rehearsal {

    /** To end by itself if anything hangs, in milliseconds. */
    private static final long DEADLINE = 30_000;

    private static final String USER = "rehearsal";
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 32;

    private Rehearsal() {}

    /** Rehearses; whether the gateway could be stopped as it should. */
    static boolean run() throws IOException, CommandFailure {
        Path file = Files.createTempFile("socks-gateway", ".json");
        try (ServerSocketChannel target = ServerSocketChannel.open()) {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            target.bind(new InetSocketAddress(loopback, 0));
            int port = ((InetSocketAddress) target.getLocalAddress()).getPort();
            String password = UUID.randomUUID().toString();
            Files.writeString(file, configuration(port, password).encode());
            Service service = Service.start(new RunArguments(file, new HostPort(loopback.getHostAddress(), 0)));
            service.node().vertx().setTimer(DEADLINE, id -> Runtime.getRuntime().halt(ExitCode.FAILED));
            for (InetSocketAddress listener : service.gateway().listeners().values()) {
                session(listener, target, port, password);
            }
            return service.stop();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static JsonObject configuration(int target, String password) {
        return new JsonObject()
                .put("listeners", JsonArray.of(new JsonObject().put("auth", "userpass")))
                .put(
                        "auth",
                        new JsonObject()
                                .put(
                                        "users",
                                        JsonArray.of(
                                                new JsonObject()
                                                        .put("name", USER)
                                                        .put("password", password),
                                                new JsonObject()
                                                        .put("name", "nobody")
                                                        .put("password", anyHash()))))
                .put(
                        "rules",
                        JsonArray.of(new JsonObject()
                                .put("action", "allow")
                                .put("to", "127.0.0.1")
                                .put("ports", String.valueOf(target))))
                .put(
                        "quotas",
                        JsonArray.of(new JsonObject()
                                .put("name", USER)
                                .put("key", "user")
                                .put("scope", "node")
                                .put("sessions", 1)))
                .put("timeouts", new JsonObject().put("drain", "1s"));
    }

    /** Of no password that anybody knows: of the usual kind only to be read. */
    private static String anyHash() {
        return "{argon2id}$argon2id$v=19$m=19456,t=2,p=1$" + hexadecimal() + "$" + hexadecimal();
    }

    private static String hexadecimal() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static void session(InetSocketAddress gateway, ServerSocketChannel target, int port, String password)
            throws IOException {
        try (SocketChannel client = SocketChannel.open(gateway)) {
            client.write(ByteBuffer.wrap(new byte[] {5, 1, 2}));
            read(client, 2);
            client.write(login(password));
            read(client, 2);
            client.write(ByteBuffer.allocate(10)
                    .put(new byte[] {5, 1, 0, 1, 127, 0, 0, 1})
                    .putShort((short) port)
                    .flip());
            read(client, 10);
            try (SocketChannel peer = target.accept()) {
                for (int i = 0; i < CHUNKS; i++) {
                    pass(client, peer);
                    pass(peer, client);
                }
            }
        }
    }

    private static ByteBuffer login(String password) {
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        login.write(1);
        for (String text : new String[] {USER, password}) {
            byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
            login.write(octets.length);
            login.writeBytes(octets);
        }
        return ByteBuffer.wrap(login.toByteArray());
    }

    private static void pass(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (chunk.hasRemaining()) {
            from.write(chunk);
        }
        read(to, CHUNK);
    }

    private static void read(SocketChannel from, int octets) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(octets);
        while (into.hasRemaining()) {
            if (from.read(into) < 0) {
                throw new EOFException("the gateway has refused");
            }
        }
    }
}
