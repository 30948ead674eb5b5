package io.socksgateway.core.tcp;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.config.TlsConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * The server's side of TLS 1.2 and 1.3 at one listener. One serves all event loops, so that a session can be resumed on
 * any of them.
 *
 * <p>Thread-safe.
 */
public final class ServerTls implements ReloadableTls {

    /** What is configured, and what is made of it; they change together. */
    private record Current(TlsConfig config, SslContext context) {}

    private volatile Current current;

    private ServerTls(Current current) {
        this.current = current;
    }

    /** One for each listener with {@code tls}, by name. Takes a moment, so not on an event loop. */
    public static Map<String, ServerTls> of(List<ListenerConfig> listeners) throws SSLException {
        return of(listeners, Map.of());
    }

    /**
     * The same; a listener whose {@code tls} is as before keeps what it has, and with it the sessions that can be resumed.
     *
     * @param before by name
     */
    public static Map<String, ServerTls> of(List<ListenerConfig> listeners, Map<String, ServerTls> before)
            throws SSLException {
        Map<String, ServerTls> byName = new HashMap<>();
        for (ListenerConfig listener : listeners) {
            TlsConfig config = listener.tls();
            if (config != null) {
                ServerTls known = before.get(listener.name());
                byName.put(
                        listener.name(),
                        known != null && known.config().equals(config) ? known : new ServerTls(make(config)));
            }
        }
        return Map.copyOf(byName);
    }

    private static Current make(TlsConfig config) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(config.key(), config.chain())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2");
        if (config.asksForClientCertificate()) {
            builder.trustManager(config.clientCas()).clientAuth(ClientAuth.REQUIRE);
        }
        return new Current(config, builder.build());
    }

    @Override
    public TlsConfig config() {
        return current.config;
    }

    /** Those that are there keep theirs, and no session of before can be resumed. */
    @Override
    public void reload(TlsConfig config) throws SSLException {
        current = make(config);
    }

    /** Adds what turns the octets of a client that was accepted into those that it says, and back. */
    void addTo(Channel channel) {
        SslHandler tls = current.context.newHandler(channel.alloc());
        tls.setHandshakeTimeoutMillis(0); // it counts within that of the whole handshake
        channel.pipeline().addLast(new EncryptedReads(tls), tls, new DecryptedReads(tls));
    }
}
