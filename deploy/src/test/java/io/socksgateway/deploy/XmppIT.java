package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.KeepsSecret;
import java.util.List;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
import org.jivesoftware.smack.packet.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@KeepsSecret({"wonder:land", "bräuhaus"})
class XmppIT {

    private static CoreGateway gateway() {
        return CoreGateway.setup().auth("userpass").authenticator(Logins::check).start();
    }

    @Test
    void letsTwoUsersTalk() throws Exception {
        try (CoreGateway gateway = gateway();
                XmppServer server = XmppServer.start("alice", "bob")) {
            try (XmppUser alice = XmppUser.login("alice", Logins.password("alice"), gateway, server);
                    XmppUser bob = XmppUser.login("bob", Logins.password("bob"), gateway, server)) {
                alice.say(bob, "Down the rabbit hole?");
                hears(bob, "alice", "Down the rabbit hole?");
                bob.say(alice, "Nach dem Frühstück \uD83D\uDC07");
                hears(alice, "bob", "Nach dem Frühstück \uD83D\uDC07");
            }
            List<SessionRecord> records = List.of(gateway.nextRecord(), gateway.nextRecord());
            assertThat(records).extracting(SessionRecord::user).containsExactlyInAnyOrder("alice", "bob");
            assertThat(records).allSatisfy(record -> {
                assertThat(record.command()).isEqualTo("connect");
                assertThat(record.requested()).hasToString("localhost:" + server.port());
                assertThat(record.replyCode()).isZero();
                assertThat(record.reason()).isIn(EndReason.CLIENT_CLOSED, EndReason.TARGET_CLOSED);
                assertThat(record.bytesUp()).isPositive();
                assertThat(record.bytesDown()).isPositive();
            });
        }
    }

    private static void hears(XmppUser user, String from, String text) throws InterruptedException {
        Message message = user.hear();
        assertThat(message.getFrom().asBareJid().toString()).isEqualTo(from + "@" + XmppServer.DOMAIN);
        assertThat(message.getBody()).isEqualTo(text);
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        try (CoreGateway gateway = gateway();
                XmppServer server = XmppServer.start("alice")) {
            assertThatThrownBy(() -> XmppUser.login("alice", "looking glass", gateway, server))
                    .isInstanceOf(EndpointConnectionException.class)
                    .hasMessageContaining("SOCKS5");
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.AUTH_FAILED);
            assertThat(record.command()).isNull();
            assertThat(server.connections()).isZero();
        }
    }
}
