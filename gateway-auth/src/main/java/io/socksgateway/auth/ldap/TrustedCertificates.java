package io.socksgateway.auth.ldap;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;

/** Makes a judge of servers' certificates of those that vouch for them. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * The judge of certificates.
     *
     * @param authorities empty for those that Java trusts
     */
    public static TrustManagerFactory of(List<X509Certificate> authorities) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities.isEmpty() ? null : store(authorities));
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every Java has a store of certificates", e);
        }
    }

    private static KeyStore store(List<X509Certificate> authorities) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return store;
    }
}
