package io.socksgateway.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;
import org.apache.commons.net.ftp.FTPClient;

/** Gives an FTP client server sockets at the gateway, and the address of each for its next PORT or EPRT. */
final class BindSocketFactory extends ServerSocketFactory {

    private final FTPClient client;
    private final InetSocketAddress gateway;
    private final BindDialect dialect;
    private final String user;

    /**
     * @param client to be connected before it asks for a socket
     * @param user of the gateway
     */
    BindSocketFactory(FTPClient client, InetSocketAddress gateway, BindDialect dialect, String user) {
        this.client = client;
        this.gateway = gateway;
        this.dialect = dialect;
        this.user = user;
    }

    private ServerSocket listen() throws IOException {
        InetSocketAddress server = new InetSocketAddress(client.getRemoteAddress(), client.getRemotePort());
        ServerSocket socket = BindServerSocket.listen(gateway, dialect, user, server);
        client.setReportActiveExternalIPAddress(socket.getInetAddress().getHostAddress());
        return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return listen();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return listen();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress local) throws IOException {
        return listen();
    }
}
