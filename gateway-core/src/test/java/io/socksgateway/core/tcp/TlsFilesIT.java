package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.pkitesting.X509Bundle;
import io.socksgateway.core.config.TlsConfig;
import io.socksgateway.core.config.TlsFiles;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestCa;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Certificates that are renewed while the gateway runs. */
class TlsFilesIT {

    private static final TestCa CA = TestCa.create();

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(TlsFilesVerticle.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage());
        }
    };
    private final Path folder;
    private final X509Bundle first = CA.issue();
    private final CoreGateway gateway;

    TlsFilesIT(@TempDir Path folder) {
        this.folder = folder;
        TestCa.write(folder, "edge", first);
        this.gateway = CoreGateway.setup().tls(config()).start();
    }

    private TlsConfig config() {
        TlsFiles files = new TlsFiles(folder.resolve("edge.crt"), folder.resolve("edge.key"), null);
        return ((TlsFiles.Contents.Right) files.read()).config();
    }

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        gateway.close();
    }

    private SocksClient client() throws IOException {
        return gateway.client().startTls(CA.client());
    }

    private static Certificate shown(SocksClient client) throws IOException {
        return ((SSLSocket) client.greet().socket()).getSession().getPeerCertificates()[0];
    }

    /** Files may be looked at between two writes, and a line says so. */
    private void awaitLine(String beginning) throws InterruptedException {
        String line;
        do {
            line = Eventually.next(log, beginning);
        } while (!line.startsWith(beginning));
    }

    @Test
    void whoComesNextGetsTheRenewedCertificate() throws Exception {
        X509Bundle renewed = CA.issue();
        try (SocksClient before = client();
                TestTarget target = TestTarget.echo()) {
            assertThat(shown(before)).isEqualTo(first.getCertificate());

            TestCa.write(folder, "edge", renewed);
            awaitLine("listener test has read its certificate again: TlsConfig[CN=localhost");

            try (SocksClient after = client()) {
                assertThat(shown(after)).isEqualTo(renewed.getCertificate());
            }
            before.connectTo(target.address()).expectSuccess();
            before.send("2a").expect("2a").finish().expectEnd();
        }
    }

    @Test
    void aCertificateWithoutItsKeyHasToWaitForIt() throws Exception {
        X509Bundle renewed = CA.issue();
        Files.writeString(folder.resolve("edge.crt"), renewed.getCertificatePathPEM());
        awaitLine("listener test keeps its certificate: key: ");
        try (SocksClient client = client()) {
            assertThat(shown(client)).isEqualTo(first.getCertificate());
        }

        Files.writeString(folder.resolve("edge.key"), renewed.getPrivateKeyPEM());
        awaitLine("listener test has read its certificate again");
        try (SocksClient client = client()) {
            assertThat(shown(client)).isEqualTo(renewed.getCertificate());
        }
    }

    @Test
    void filesThatAreGoneChangeNothing() throws Exception {
        Files.delete(folder.resolve("edge.crt"));
        awaitLine("listener test keeps its certificate: certificate: ");
        try (SocksClient client = client()) {
            assertThat(shown(client)).isEqualTo(first.getCertificate());
        }
    }
}
