package io.socksgateway.auth.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The certificates that vouch for a server: those of a PEM file, or those that Java trusts. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * Reads a file.
     *
     * @param pem null for what Java trusts
     * @throws IllegalArgumentException if it cannot be read or holds no certificate
     */
    public static TrustManagerFactory of(@Nullable Path pem) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(pem == null ? null : store(pem));
            return factory;
        } catch (CertificateException e) {
            throw new IllegalArgumentException(pem + " holds no certificate in PEM", e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(pem + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private static KeyStore store(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        Collection<? extends Certificate> certificates;
        try (InputStream file = Files.newInputStream(pem)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(file);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("none");
        }
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }
}
