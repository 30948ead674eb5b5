package io.socksgateway.testkit;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.socksgateway.core.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate authority of the test's own, and what it issues. */
public final class TestCa {

    private static final char[] PASSWORD = "password".toCharArray();

    static {
        // Clients shall take an end without close_notify for the error that it is.
        System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
    }

    private final X509Bundle root;

    private TestCa(X509Bundle root) {
        this.root = root;
    }

    public static TestCa create() {
        try {
            return new TestCa(
                    valid("CN=Test CA").setIsCertificateAuthority(true).buildSelfSigned());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static CertificateBuilder valid(String subject) {
        return new CertificateBuilder()
                .ecp256()
                .subject(subject)
                .notBefore(Instant.now().minus(1, ChronoUnit.HOURS))
                .notAfter(Instant.now().plus(90, ChronoUnit.DAYS));
    }

    /** A certificate for this machine, with an EC key. */
    public X509Bundle issue() {
        return issue(builder -> builder);
    }

    /** A certificate for this machine that the test has its say in. */
    public X509Bundle issue(UnaryOperator<CertificateBuilder> wish) {
        try {
            CertificateBuilder builder =
                    valid("CN=localhost").addSanDnsName("localhost").addSanIpAddress("127.0.0.1");
            return wish.apply(builder).buildIssuedBy(root);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The listener's side, for any client. */
    public TlsConfig listener() {
        return listener(List.of());
    }

    /** The listener's side, for clients with a certificate of this CA. */
    public TlsConfig listenerForOurs() {
        return listener(List.of(root.getCertificate()));
    }

    private TlsConfig listener(List<X509Certificate> clientCas) {
        X509Bundle own = issue();
        return new TlsConfig(own.getCertificatePathList(), own.getKeyPair().getPrivate(), clientCas, null);
    }

    /** Writes {@code NAME.crt}, the certificate and its CA, and {@code NAME.key} into a folder. */
    public static void write(Path folder, String name, X509Bundle bundle) {
        try {
            Files.writeString(folder.resolve(name + ".crt"), bundle.getCertificatePathPEM());
            Files.writeString(folder.resolve(name + ".key"), bundle.getPrivateKeyPEM());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The CA's own certificate, in PEM. */
    public String pem() {
        return root.getCertificatePEM();
    }

    /** A client that trusts this CA and has no certificate. */
    public SSLContext client() {
        return client(null);
    }

    /** A client that trusts this CA and shows a certificate if it is asked for one. */
    public SSLContext client(@Nullable X509Bundle own) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", root.getCertificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : keys(own).getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManagerFactory keys(X509Bundle own) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.getKeyPair().getPrivate(), PASSWORD, own.getCertificatePath());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys;
    }
}
