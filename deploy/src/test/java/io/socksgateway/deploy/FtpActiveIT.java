package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.KeepsSecret;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control connection through CONNECT, data connections back to the client through BIND. */
@Timeout(60)
@KeepsSecret({"wonder:land", "bräuhaus"})
class FtpActiveIT {

    private static final String USER = "alice";
    private static final int SIZE = 8 << 20;
    private static final int DEADLINE_MILLIS = 10_000;

    /** The JDK's own SOCKS client asks for its password here. */
    @BeforeEach
    void knowThePassword() {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(USER, Logins.password(USER).toCharArray());
            }
        });
    }

    @AfterEach
    void forgetThePassword() {
        Authenticator.setDefault(null);
    }

    /** SOCKS4 has no passwords: there identd speaks for the users. */
    private static CoreGateway gateway() {
        return CoreGateway.setup()
                .auth("userpass", "identd")
                .authenticator(Logins::check)
                .identd(request ->
                        Future.succeededFuture(new IdentOutcome.Confirmed(new Identity(request.userId(), Set.of()))))
                .start();
    }

    /** The server's address is not the gateway's, so that no reply can mix them up. */
    @ParameterizedTest
    @CsvSource({"SOCKS5, 127.0.0.2", "SOCKS5, ::1", "SOCKS4, 127.0.0.2"})
    void carriesFilesBothWays(BindDialect dialect, String host, @TempDir Path folder) throws Exception {
        try (CoreGateway gateway = gateway();
                FtpSite site = FtpSite.start(host, folder)) {
            FTPClient client = client(gateway, dialect);
            try {
                client.connect(site.address().getAddress(), site.address().getPort());
                client.setSoTimeout(DEADLINE_MILLIS);
                assertThat(client.login(FtpSite.USER, FtpSite.PASSWORD)).isTrue();
                assertThat(client.setFileType(FTP.BINARY_FILE_TYPE)).isTrue();
                storeRetrieveAndList(client, folder);
                assertThat(client.logout()).isTrue();
            } finally {
                client.disconnect();
            }
            assertRecords(gateway);
        }
    }

    private static FTPClient client(CoreGateway gateway, BindDialect dialect) {
        FTPClient client = new FTPClient();
        client.setProxy(new Proxy(Proxy.Type.SOCKS, gateway.address()));
        client.setServerSocketFactory(new BindSocketFactory(client, gateway.address(), dialect, USER));
        client.enterLocalActiveMode();
        client.setConnectTimeout(DEADLINE_MILLIS);
        client.setDefaultTimeout(DEADLINE_MILLIS);
        client.setDataTimeout(Duration.ofMillis(DEADLINE_MILLIS));
        // The data sockets are connected to the gateway; it is BIND's second reply that tells the server.
        client.setRemoteVerificationEnabled(false);
        return client;
    }

    private static void storeRetrieveAndList(FTPClient client, Path folder)
            throws IOException, NoSuchAlgorithmException {
        byte[] file = new byte[SIZE];
        new Random(1928).nextBytes(file);
        byte[] checksum = sha256().digest(file);

        boolean stored = client.storeFile("file.bin", new ByteArrayInputStream(file));
        assertThat(stored).as(client.getReplyString()).isTrue();
        assertThat(sha256().digest(Files.readAllBytes(folder.resolve("file.bin"))))
                .isEqualTo(checksum);

        DigestOutputStream down = new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
        boolean retrieved = client.retrieveFile("file.bin", down);
        assertThat(retrieved).as(client.getReplyString()).isTrue();
        assertThat(down.getMessageDigest().digest()).isEqualTo(checksum);

        assertThat(client.listFiles())
                .extracting(FTPFile::getName, FTPFile::getSize)
                .containsExactly(tuple("file.bin", (long) SIZE));
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    private static void assertRecords(CoreGateway gateway) throws InterruptedException {
        List<SessionRecord> records = new ArrayList<>();
        for (int session = 0; session < 4; session++) {
            records.add(gateway.nextRecord());
        }
        assertThat(records).extracting(SessionRecord::user).containsOnly(USER);
        assertThat(records)
                .extracting(SessionRecord::command)
                .containsExactlyInAnyOrder("connect", "bind", "bind", "bind");
        assertThat(records)
                .filteredOn(record -> "bind".equals(record.command()))
                .satisfiesExactlyInAnyOrder(
                        store -> assertBytes(store, SIZE, 0), retrieve -> assertBytes(retrieve, 0, SIZE), list -> {
                            assertThat(list.bytesUp()).isZero();
                            assertThat(list.bytesDown()).isBetween(1L, 1_000L);
                        });
    }

    private static void assertBytes(SessionRecord record, long up, long down) {
        assertThat(record.bytesUp()).isEqualTo(up);
        assertThat(record.bytesDown()).isEqualTo(down);
    }
}
