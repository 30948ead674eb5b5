package io.socksgateway.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.pkitesting.X509Bundle;
import io.socksgateway.deploy.e2e.Distribution.Outcome;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listeners in TLS and behind a balancer, of the distribution, with Java's TLS and OpenSSL's. */
class TlsListenerIT {

    private static final String PASSWORD = "right-horse-7311";
    private static final TestCa CA = TestCa.create();

    @TempDir
    private static Path folder;

    private static X509Bundle own;
    private static PackagedGateway gateway;
    private static TestTarget echo;

    @BeforeAll
    static void start() throws IOException {
        own = CA.issue();
        TestCa.write(folder, "edge", own);
        TestCa.write(folder, "other", CA.issue());
        Files.writeString(folder.resolve("ca.crt"), CA.pem());
        echo = TestTarget.echo();
        gateway = PackagedGateway.start(folder, """
                {"listeners": [{"name": "secure", "port": 0, "auth": "userpass", "tls": {"certificate": "edge.crt", "key": "edge.key"}},
                               {"name": "mutual", "port": 0, "auth": "none", "proxyProtocol": true,
                                "tls": {"certificate": "edge.crt", "key": "edge.key", "clientCa": "ca.crt"}}],
                 "auth": {"users": [{"name": "alice", "password": "%s"}]},
                 "rules": [{"id": "loopback", "action": "allow", "to": "127.0.0.0/8"}],
                 "log": {"level": "debug"}}""".formatted(PASSWORD))
                .keeping(PASSWORD, own.getPrivateKeyPEM().lines().toList().get(1));
    }

    @AfterAll
    static void stop() throws IOException {
        echo.close();
        if (gateway != null) {
            gateway.close();
        }
    }

    private static String login() {
        return "05 01 02 01" + Hex.counted("alice") + Hex.counted(PASSWORD);
    }

    @Test
    void aLoginInTls() throws IOException {
        gateway.log().await("listener secure on 127.0.0.1:\\d+ for .* in TLS, auth");
        try (SocksClient client = gateway.client("secure").startTls(CA.client())) {
            client.send(login()).expect("05 02 01 00");
            client.connectTo(echo.address()).expectSuccess();
            client.send("2a").expect("2a").finish().expectEnd();
            JsonObject line = gateway.session(client.socket());
            assertThat(line.getString("user")).isEqualTo("alice");
            assertThat(line.getString("reason")).isEqualTo("client-closed");
            assertThat(line.getInteger("bytesUp")).isEqualTo(1);
        }
    }

    @Test
    void aLoginWithOpenSsl() throws Exception {
        InetSocketAddress at = gateway.listener("secure");
        Process openssl = openssl(
                "s_client",
                "-quiet",
                "-verify_return_error",
                "-CAfile",
                folder.resolve("ca.crt").toString(),
                "-connect",
                at.getHostString() + ":" + at.getPort());
        try (OutputStream out = openssl.getOutputStream()) {
            CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return openssl.getInputStream().readNBytes(4 + 10 + 5);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.write(Hex.bytes(login() + SocksClient.connectRequest(echo.address()) + Hex.ascii("early")));
            out.flush();
            assertThat(Hex.text(answer.get(30, TimeUnit.SECONDS)))
                    .startsWith("05 02 01 00 05 00 00 01")
                    .endsWith(Hex.ascii("early"));
        } finally {
            openssl.destroyForcibly();
        }
    }

    /** A line with an R is openssl's order to renegotiate. */
    @Test
    void nobodyRenegotiates() throws Exception {
        InetSocketAddress at = gateway.listener("secure");
        Process openssl = openssl(
                "s_client",
                "-tls1_2",
                "-CAfile",
                folder.resolve("ca.crt").toString(),
                "-connect",
                at.getHostString() + ":" + at.getPort());
        try (OutputStream out = openssl.getOutputStream()) {
            out.write('R');
            out.write('\n');
            out.flush();
            gateway.log().await("TLS with .* at secure failed: .*renegotiation");
            assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            openssl.destroyForcibly();
        }
    }

    private static Process openssl(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "openssl is not installed");
            throw new AssertionError(e);
        }
    }

    /** Only the connection is in TLS, the datagrams are not. */
    @Test
    void anAssociation() throws IOException {
        try (SocksClient client = gateway.client("secure").startTls(CA.client());
                DatagramSocket target = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                DatagramSocket own = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            target.setSoTimeout(10_000);
            client.send(login()).expect("05 02 01 00");
            InetSocketAddress relay = client.send("05 03 00 01 00000000 0000").expectSuccess();
            byte[] datagram = Hex.bytes("0000 00 01 7f000001" + Hex.port(target.getLocalPort()) + "2a");
            own.send(new DatagramPacket(datagram, datagram.length, relay));
            DatagramPacket received = new DatagramPacket(new byte[10], 10);
            target.receive(received);
            assertThat(received.getLength()).isEqualTo(1);
            client.finish();
            assertThat(gateway.session(client.socket()).getString("command")).isEqualTo("udp");
        }
    }

    @Test
    void aCertificateBehindABalancer() throws IOException {
        String header = Hex.ascii("PROXY TCP4 192.0.2.7 203.0.113.1 56324 443\r\n");
        try (SocksClient ours = gateway.client("mutual").send(header).startTls(CA.client(own));
                SocksClient nobody = gateway.client("mutual").send(header).startTls(CA.client())) {
            assertThatThrownBy(nobody::greet).isInstanceOf(IOException.class);
            ours.tunnelTo(echo.address()).send("2a").expect("2a").finish().expectEnd();
            gateway.out().await("\"client\":\"192.0.2.7:56324\".*\"reason\":\"tls-failed\"");
            gateway.out().await("\"client\":\"192.0.2.7:56324\".*\"reason\":\"client-closed\"");
        }
    }

    @Test
    void whoeverSpeaksPlainSocksIsToldInTheLog() throws IOException {
        try (SocksClient client = gateway.client("secure")) {
            client.send(login());
            assertThat(gateway.session(client.socket()).getString("reason")).isEqualTo("tls-failed");
            gateway.log().await("TLS with .* at secure failed: this is not TLS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "check, none.crt, edge.key, listeners[0].tls.certificate",
        "run, none.crt, edge.key, listeners[0].tls.certificate",
        "check, edge.crt, none.key, listeners[0].tls.key",
        "check, edge.crt, other.key, listeners[0].tls.key",
        "run, edge.crt, other.key, listeners[0].tls.key",
        "check, edge.crt, edge.crt, listeners[0].tls.key",
    })
    void filesThatAreMissingOrDoNotFit(String command, String certificate, String key, String path) throws Exception {
        Path config = Files.writeString(
                Files.createTempFile(folder, "wrong", ".json"),
                "{\"listeners\": [{\"port\": 0, \"tls\": {\"certificate\": \"%s\", \"key\": \"%s\"}}]}"
                        .formatted(certificate, key));

        Outcome outcome = Distribution.run("", command, "--config", config.toString());

        assertThat(outcome.exitCode()).isEqualTo(23);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith(path + ": ")
                .contains("has 1 error.")
                .doesNotContain("PRIVATE KEY", "Exception", "\tat ");
    }
}
