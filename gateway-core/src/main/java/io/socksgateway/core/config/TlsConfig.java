package io.socksgateway.core.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Key {@code tls} of a listener, with what its files hold.
 *
 * <p>Immutable.
 *
 * @param chain the listener's certificate, and those behind it up to its CA
 * @param key belongs to the first of the chain
 * @param clientCas whose certificates clients must show; empty if they need none
 * @param files where all this comes from; null if from no files
 */
public record TlsConfig(
        List<X509Certificate> chain,
        PrivateKey key,
        List<X509Certificate> clientCas,
        @Nullable TlsFiles files) {

    public TlsConfig {
        chain = List.copyOf(chain);
        clientCas = List.copyOf(clientCas);
    }

    public boolean asksForClientCertificate() {
        return !clientCas.isEmpty();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "TlsConfig[%s, clientCas=%d]".formatted(chain.get(0).getSubjectX500Principal(), clientCas.size());
    }
}
