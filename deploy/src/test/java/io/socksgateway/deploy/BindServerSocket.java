package io.socksgateway.deploy;

import io.socksgateway.testkit.SocksClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/**
 * A server socket at the gateway: it listens where BIND's first reply says, and its one connection, that of BIND itself,
 * is accepted with the second.
 */
final class BindServerSocket extends ServerSocket {

    private final SocksClient client;
    private final BindDialect dialect;
    private final InetSocketAddress peer;
    private final InetSocketAddress bound;
    private boolean accepted;

    private BindServerSocket(SocksClient client, BindDialect dialect, InetSocketAddress peer, InetSocketAddress bound)
            throws IOException {
        this.client = client;
        this.dialect = dialect;
        this.peer = peer;
        this.bound = bound;
    }

    /** Listens for a peer that will come from this address, from whatever port. */
    static BindServerSocket listen(InetSocketAddress gateway, BindDialect dialect, String user, InetSocketAddress peer)
            throws IOException {
        SocksClient client = SocksClient.connect(gateway);
        try {
            dialect.request(client, peer, user);
            return new BindServerSocket(client, dialect, peer, dialect.reply(client));
        } catch (IOException | AssertionError e) {
            client.close();
            throw e;
        }
    }

    @Override
    public InetAddress getInetAddress() {
        return bound.getAddress();
    }

    @Override
    public int getLocalPort() {
        return bound.getPort();
    }

    @Override
    public synchronized void setSoTimeout(int millis) throws SocketException {
        client.socket().setSoTimeout(millis);
    }

    @Override
    public Socket accept() throws IOException {
        InetSocketAddress came = dialect.reply(client);
        if (!came.getAddress().equals(peer.getAddress())) {
            throw new IOException("peer: " + came + " (expected: from " + peer.getAddress() + ")");
        }
        accepted = true;
        return client.socket();
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (!accepted) {
            client.close();
        }
    }
}
