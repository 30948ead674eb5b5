package io.socksgateway.deploy;

import io.socksgateway.testkit.CoreGateway;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.filter.MessageWithBodiesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.proxy.ProxyInfo;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;

/** Somebody at an instant messenger that knows SOCKS5 with a password; every wait ends after 10 seconds. */
final class XmppUser implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 10_000;

    private final XMPPTCPConnection connection;
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    private XmppUser(XMPPTCPConnection connection) {
        this.connection = connection;
        connection.addSyncStanzaListener(stanza -> heard.add((Message) stanza), MessageWithBodiesFilter.INSTANCE);
    }

    /** Logs in at the gateway, then at the server, under the same name but with the password of each. */
    static XmppUser login(String name, String gatewayPassword, CoreGateway gateway, XmppServer server)
            throws Exception {
        XMPPTCPConnection connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(XmppServer.DOMAIN)
                .setHost("localhost")
                .setPort(server.port())
                .setUsernameAndPassword(name, XmppServer.password(name))
                .setSecurityMode(SecurityMode.disabled)
                .setConnectTimeout(DEADLINE_MILLIS)
                .setProxyInfo(ProxyInfo.forSocks5Proxy(
                        gateway.address().getHostString(), gateway.address().getPort(), name, gatewayPassword))
                .build());
        connection.setReplyTimeout(DEADLINE_MILLIS);
        XmppUser user = new XmppUser(connection);
        try {
            connection.connect().login();
            user.untilPresent();
            return user;
        } catch (Exception e) {
            connection.instantShutdown();
            throw e;
        }
    }

    /** The server takes a session's stanzas in order, so with this message it has also taken our presence. */
    private void untilPresent() throws Exception {
        say(this, "here I am");
        String echo = hear().getBody();
        if (!echo.equals("here I am")) {
            throw new AssertionError("heard " + echo);
        }
    }

    void say(XmppUser other, String text) throws Exception {
        MessageBuilder message = StanzaBuilder.buildMessage()
                .to(other.connection.getUser())
                .ofType(Message.Type.chat)
                .setBody(text);
        connection.sendStanza(message.build());
    }

    /** The next message to this user. */
    Message hear() throws InterruptedException {
        Message message = heard.poll(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError("no message in 10 s");
        }
        return message;
    }

    /** Closes the connection without a farewell: this server doesn't answer it, and the library would wait. */
    @Override
    public void close() {
        connection.instantShutdown();
    }
}
