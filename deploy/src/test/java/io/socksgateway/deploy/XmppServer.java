package io.socksgateway.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.FilterEvent;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.apache.vysper.mina.XmppIoHandlerAdapter;
import org.apache.vysper.mina.codec.XMPPProtocolCodecFactory;
import org.apache.vysper.storage.StorageProviderRegistry;
import org.apache.vysper.storage.inmemory.MemoryStorageProviderRegistry;
import org.apache.vysper.xmpp.addressing.EntityImpl;
import org.apache.vysper.xmpp.authorization.AccountManagement;
import org.apache.vysper.xmpp.protocol.SessionStateHolder;
import org.apache.vysper.xmpp.server.Endpoint;
import org.apache.vysper.xmpp.server.ServerRuntimeContext;
import org.apache.vysper.xmpp.server.SessionState;
import org.apache.vysper.xmpp.server.XMPPServer;

/** An XMPP server on a free loopback port, its users in memory, without TLS. */
final class XmppServer implements AutoCloseable {

    static final String DOMAIN = "chat.example";

    private final XMPPServer server = new XMPPServer(DOMAIN);
    private final LoopbackEndpoint endpoint = new LoopbackEndpoint();

    /** Starts it with users whose passwords are their names backwards. */
    static XmppServer start(String... users) throws Exception {
        StorageProviderRegistry storage = new MemoryStorageProviderRegistry();
        AccountManagement accounts = (AccountManagement) storage.retrieve(AccountManagement.class);
        for (String user : users) {
            accounts.addUser(EntityImpl.parseUnchecked(user + "@" + DOMAIN), password(user));
        }
        XmppServer started = new XmppServer();
        started.server.setStorageProviderRegistry(storage);
        // It insists on a key store, though nobody asks for TLS: none is an empty one.
        started.server.setTLSCertificateInfo((InputStream) null, "");
        started.server.addEndpoint(started.endpoint);
        try {
            started.server.start();
            return started;
        } catch (Exception e) {
            started.close();
            throw e;
        }
    }

    static String password(String user) {
        return new StringBuilder(user).reverse().toString();
    }

    int port() {
        return endpoint.acceptor.getLocalAddress().getPort();
    }

    /** How many connections there have been. */
    long connections() {
        return endpoint.acceptor.getStatistics().getCumulativeManagedSessionCount();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** The server's own endpoint listens on every interface and can't say on which port. */
    private static final class LoopbackEndpoint implements Endpoint {

        private final NioSocketAcceptor acceptor = new NioSocketAcceptor(1);
        private final Sessions sessions = new Sessions();

        @Override
        public void setServerRuntimeContext(ServerRuntimeContext context) {
            sessions.setServerRuntimeContext(context);
        }

        @Override
        public void start() throws IOException {
            acceptor.getFilterChain().addLast("stanzas", new ProtocolCodecFilter(new XMPPProtocolCodecFactory()));
            acceptor.setHandler(sessions);
            acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        @Override
        public void stop() {
            acceptor.unbind();
            acceptor.dispose();
        }
    }

    /** Does without TLS, and does what MINA has asked of handlers since the server was written for it. */
    private static final class Sessions extends XmppIoHandlerAdapter {

        /** Only an encrypted session is offered a login: let it take every one for such. */
        @Override
        public void sessionCreated(IoSession session) throws Exception {
            super.sessionCreated(session);
            ((SessionStateHolder) session.getAttribute(ATTRIBUTE_VYSPER_SESSIONSTATEHOLDER))
                    .setState(SessionState.ENCRYPTED);
        }

        @Override
        public void inputClosed(IoSession session) {
            session.closeNow();
        }

        @Override
        public void event(IoSession session, FilterEvent event) {
            // of TLS only
        }
    }
}
