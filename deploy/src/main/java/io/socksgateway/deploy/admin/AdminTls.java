package io.socksgateway.deploy.admin;

import io.socksgateway.core.config.TlsConfig;
import io.socksgateway.core.tcp.ReloadableTls;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS at the admin endpoint.
 *
 * <p>Thread-safe.
 */
final class AdminTls implements ReloadableTls {

    private static final Logger LOG = LoggerFactory.getLogger(AdminTls.class);

    private final HttpServer server;
    private volatile TlsConfig config;

    AdminTls(HttpServer server, TlsConfig config) {
        this.server = server;
        this.config = config;
    }

    /**
     * Options of a server, with TLS.
     *
     * @throws SSLException if the certificate or key cannot be used
     */
    static HttpServerOptions over(HttpServerOptions plain, TlsConfig config) throws SSLException {
        ServerSSLOptions tls = options(config);
        return plain.setSsl(true)
                .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols())
                .setKeyCertOptions(tls.getKeyCertOptions())
                .setTrustOptions(tls.getTrustOptions())
                .setClientAuth(tls.getClientAuth());
    }

    /**
     * What Vert.x is to be told.
     *
     * @throws SSLException if the certificate or key cannot be used
     */
    private static ServerSSLOptions options(TlsConfig config) throws SSLException {
        ServerSSLOptions options = new ServerSSLOptions()
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setKeyCertOptions(KeyCertOptions.wrap(keys(config)));
        return config.asksForClientCertificate()
                ? options.setTrustOptions(TrustOptions.wrap(trust(config.clientCas())))
                        .setClientAuth(ClientAuth.REQUIRED)
                : options;
    }

    private static KeyManagerFactory keys(TlsConfig config) throws SSLException {
        char[] password = UUID.randomUUID().toString().toCharArray(); // the store never leaves this method
        try {
            KeyStore store = empty();
            store.setKeyEntry("admin", config.key(), password, config.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new SSLException("the certificate or its key cannot be used", e);
        }
    }

    private static TrustManagerFactory trust(List<X509Certificate> authorities) throws SSLException {
        try {
            KeyStore store = empty();
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (GeneralSecurityException | IOException e) {
            throw new SSLException("the CAs of clients cannot be used", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    @Override
    public TlsConfig config() {
        return config;
    }

    @Override
    public void reload(TlsConfig changed) throws SSLException {
        ServerSSLOptions options = options(changed);
        config = changed;
        server.updateSSLOptions(options)
                .onFailure(failure -> LOG.error("admin: the new certificate cannot be used: {}", failure.getMessage()));
    }
}
