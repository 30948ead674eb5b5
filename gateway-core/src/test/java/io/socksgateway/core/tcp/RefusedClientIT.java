package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that get the protocol's own refusal and an orderly end, and do no harm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedClientIT {

    private final CoreGateway open = CoreGateway.setup().start();
    private final CoreGateway login = CoreGateway.setup().auth("userpass").start();
    private final CoreGateway fourOnly =
            CoreGateway.setup().protocols(SocksVersion.SOCKS4).start();

    @AfterAll
    void stop() {
        open.close();
        login.close();
        fourOnly.close();
    }

    @ParameterizedTest
    @CsvSource({
        // what the client says; what it hears; why it ends; the octet of the reply
        "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a 0d 0a, '', MALFORMED, -1", // GET / HTTP/1.1
        "16 03 01 02 00 01 00 01 fc 03 03, '', MALFORMED, -1", // TLS
        "06 01 00, '', MALFORMED, -1",
        "00, '', MALFORMED, -1",
        "05 01 01, 05 ff, AUTH_FAILED, -1", // GSSAPI only
        "05 02 80 fe, 05 ff, AUTH_FAILED, -1",
        "05 00, 05 ff, AUTH_FAILED, -1",
        "05 01 00 05 00 00 01 7f000001 0050, 05 00 05 07 00 01 00000000 0000, UNSUPPORTED, 7",
        "05 01 00 05 ee 00 01 7f000001 0050, 05 00 05 07 00 01 00000000 0000, UNSUPPORTED, 7",
        "05 01 00 05 01 00 09 7f000001 0050, 05 00 05 08 00 01 00000000 0000, UNSUPPORTED, 8",
        "05 01 00 05 01 00 03 00 0050, 05 00 05 01 00 01 00000000 0000, MALFORMED, 1",
        "05 01 00 04 01 00 01 7f000001 0050, 05 00 05 01 00 01 00000000 0000, MALFORMED, 1",
        "04 03 0050 7f000001 00, 00 5b 0000 00000000, UNSUPPORTED, 91",
        "04 09 0050 7f000001 00, 00 5b 0000 00000000, UNSUPPORTED, 91",
        "04 01 0050 00000001 00 20 00, 00 5b 0000 00000000, MALFORMED, 91",
    })
    void onAnOpenListener(String says, String hears, EndReason reason, int code) throws Exception {
        assertRefused(open, says, hears, reason, code);
    }

    @ParameterizedTest
    @CsvSource({
        "05 01 00, 05 ff, AUTH_FAILED, -1",
        "05 01 02 05 01 61 01 62, 05 02 01 01, MALFORMED, -1", // sub-negotiation of version 5
        "05 01 02 01 01 61 01 62, 05 02 01 01, AUTH_FAILED, -1",
        "05 01 02 01 00 01 62, 05 02 01 01, AUTH_FAILED, -1", // no user
        "05 01 02 01 01 61 00, 05 02 01 01, AUTH_FAILED, -1", // no password
        "04 01 0050 7f000001 726f6f74 00, 00 5b 0000 00000000, AUTH_FAILED, 91",
        "04 01 0050 00000001 00 61 00, 00 5b 0000 00000000, AUTH_FAILED, 91",
    })
    void whereALoginIsWanted(String says, String hears, EndReason reason, int code) throws Exception {
        assertRefused(login, says, hears, reason, code);
    }

    @ParameterizedTest
    @CsvSource({
        "05 01 00, 05 ff, UNSUPPORTED, -1",
        "04 01 0050 00000001 00 61 00, 00 5b 0000 00000000, UNSUPPORTED, 91",
        "04 01 0050 00000001 75 00, 00 5b 0000 00000000, UNSUPPORTED, 91", // no name
    })
    void whereTheDialectIsOff(String says, String hears, EndReason reason, int code) throws Exception {
        assertRefused(fourOnly, says, hears, reason, code);
    }

    private static void assertRefused(CoreGateway gateway, String says, String hears, EndReason reason, int code)
            throws Exception {
        try (SocksClient client = gateway.client()) {
            client.send(says);
            assertThat(Hex.text(client.readToEnd())).isEqualTo(Hex.text(Hex.bytes(hears)));
        }
        SessionRecord record = gateway.nextRecord();
        assertThat(record.reason()).isEqualTo(reason);
        assertThat(record.replyCode()).isEqualTo(code);
        assertThat(record.user()).isNull();
    }

    /** The refusal is heard although the client goes on talking. */
    @Test
    void behindTheRefusalInputIsDropped() throws Exception {
        try (SocksClient client = open.client()) {
            byte[] bad = Hex.bytes("05 01 00 05 01 00 09");
            byte[] all = new byte[100 * 1_024];
            System.arraycopy(bad, 0, all, 0, bad.length);
            client.send(all).expect("05 00 05 08 00 01 00000000 0000").expectEnd();
        }
        assertThat(open.nextRecord().reason()).isEqualTo(EndReason.UNSUPPORTED);
    }

    /** It is waited for, so that it hears the refusal, but not for ever. */
    @Test
    void whoDoesNotLeaveIsCutOff() throws Exception {
        try (SocksClient client = open.client()) {
            client.send("05 01 01").expect("05 ff").expectEnd();
            Eventually.isTrue("cut off", () -> {
                try {
                    client.send("00");
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
        assertThat(open.nextRecord().reason()).isEqualTo(EndReason.AUTH_FAILED);
    }

    @Test
    void whoSaysNothingAndLeavesIsNoSession() throws Exception {
        open.client().close();
        open.client().reset();
        try (TestTarget target = TestTarget.echo();
                SocksClient client = open.client()) {
            client.tunnelTo(target.address()).finish().expectEnd();
        }
        assertThat(open.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        assertThat(open.records()).isEmpty();
    }

    @Test
    void whoLeavesInTheMiddleIsOne() throws Exception {
        try (SocksClient client = open.client()) {
            client.send("05 01").finish().expectEnd();
        }
        SessionRecord record = open.nextRecord();
        assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        assertThat(record.replyCode()).isEqualTo(SessionRecord.NO_REPLY);
    }
}
