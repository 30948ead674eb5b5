package io.socksgateway.core.tcp;

import io.socksgateway.core.config.TlsConfig;
import javax.net.ssl.SSLException;

/**
 * The server's side of TLS somewhere, whose certificate can be replaced while it is in use.
 *
 * <p>Thread-safe.
 */
public interface ReloadableTls {

    /** What clients get that come now. */
    TlsConfig config();

    /**
     * Replaces certificate, key and CAs for the clients that come from now on. Takes a moment, so not on an event loop.
     *
     * @throws SSLException if the configuration cannot be used, and nothing has changed
     */
    void reload(TlsConfig config) throws SSLException;
}
