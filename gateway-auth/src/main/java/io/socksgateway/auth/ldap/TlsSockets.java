package io.socksgateway.auth.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets with TLS that wait for a server for a limited time from their first octet on: the library sets its own limit behind the
 * handshake only, and a silent server would hold a thread for ever.
 *
 * <p>Thread-safe.
 */
final class TlsSockets extends SSLSocketFactory {

    private final SSLSocketFactory sockets;
    private final int timeout;

    /**
     * @param timeout milliseconds
     */
    TlsSockets(SSLSocketFactory sockets, int timeout) {
        this.sockets = sockets;
        this.timeout = timeout;
    }

    private Socket limited(Socket socket) throws IOException {
        socket.setSoTimeout(timeout);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return limited(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return limited(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return limited(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return limited(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return limited(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return limited(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
