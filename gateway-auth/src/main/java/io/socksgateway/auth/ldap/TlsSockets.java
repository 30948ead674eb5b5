package io.socksgateway.auth.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets with TLS on which Java itself holds the certificate against the name of the server: the library's own check would also
 * take the name that the name service has for an address. They wait for a limited time from their first octet on, as the library
 * sets its own limit behind the handshake only, and a silent server would hold a thread for ever.
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

    private Socket careful(Socket socket) throws IOException {
        SSLParameters parameters = ((SSLSocket) socket).getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        ((SSLSocket) socket).setSSLParameters(parameters);
        socket.setSoTimeout(timeout);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return careful(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return careful(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return careful(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return careful(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return careful(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return careful(sockets.createSocket(host, port, local, localPort));
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
