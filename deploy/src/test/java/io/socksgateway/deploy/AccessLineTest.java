package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.SessionRecord;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLineTest {

    private static final Instant ENDED = Instant.parse("2026-02-03T04:05:06.700Z");

    @Test
    void hasEveryFieldInItsOrder() {
        SessionRecord session = new SessionRecord(
                "a1-1",
                "public",
                address("192.0.2.7", 50_000),
                "alice",
                "connect",
                endpoint("example.com", 443),
                address("203.0.113.9", 443),
                "lab",
                "per-user",
                0,
                EndReason.TARGET_CLOSED,
                5_000_000_000L,
                7,
                1_234);

        assertThat(line(session, ENDED)).isEqualTo("""
                        {"time":"2026-02-03T04:05:06.700Z","id":"a1-1","node":"edge-1","listener":"public",\
                        "client":"192.0.2.7:50000","user":"alice","command":"connect","requested":"example.com:443",\
                        "dialled":"203.0.113.9:443","rule":"lab","quota":"per-user","reply":0,\
                        "reason":"target-closed","bytesUp":5000000000,"bytesDown":7,"durationMs":1234}""");
    }

    @Test
    void leavesOutWhatWasNeverKnown() {
        assertThat(line(unknown(EndReason.MALFORMED), Instant.parse("2026-02-03T04:05:00Z")))
                .isEqualTo("""
                        {"time":"2026-02-03T04:05:00.000Z","id":"a1-1","node":"edge-1","listener":"public",\
                        "client":"192.0.2.7:50000","reason":"malformed","bytesUp":0,"bytesDown":0,"durationMs":3}""");
    }

    @Test
    void bracketsIpv6() {
        SessionRecord session = new SessionRecord(
                "a1-1",
                "public",
                address("2001:db8::1", 50_000),
                null,
                "connect",
                Endpoint.of(address("2001:db8::2", 22)),
                address("2001:db8::2", 22),
                null,
                null,
                4,
                EndReason.REFUSED,
                0,
                0,
                3);

        JsonObject line = new JsonObject(line(session, ENDED));

        assertThat(line.getString("client")).isEqualTo("[2001:db8::1]:50000");
        assertThat(line.getString("requested")).isEqualTo("[2001:db8::2]:22");
        assertThat(line.getString("dialled")).isEqualTo("[2001:db8::2]:22");
        assertThat(line.getInteger("reply")).isEqualTo(4);
    }

    /** Neither a second line nor a second field can be smuggled in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\",\"reason\":\"killed",
                "line\nfeed\r\n{\"time\":\"now\"}",
                "back\\slash\\\"",
                "nul\u0000 and escape\u001b[2J",
                "separators\u2028\u2029",
                "half a pair \ud800",
                "zürich 東京 🧦"
            })
    void escapesHostileNames(String user) {
        SessionRecord session = new SessionRecord(
                "a1-1",
                "public",
                address("192.0.2.7", 50_000),
                user,
                null,
                endpoint("x\"\n.example", 80),
                null,
                null,
                null,
                SessionRecord.NO_REPLY,
                EndReason.DENIED,
                0,
                0,
                3);

        String line = line(session, ENDED);

        assertThat(line.chars()).noneMatch(Character::isISOControl);
        JsonObject read = new JsonObject(line);
        assertThat(read.getString("user")).isEqualTo(user);
        assertThat(read.getString("requested")).isEqualTo("x\"\n.example:80");
        assertThat(read.getString("reason")).isEqualTo("denied");
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void saysWhyInOneFixedWord(EndReason reason) {
        String word = new JsonObject(line(unknown(reason), ENDED)).getString("reason");

        assertThat(word).matches("[a-z]+(-[a-z]+)?");
    }

    private static SessionRecord unknown(EndReason reason) {
        return new SessionRecord(
                "a1-1",
                "public",
                address("192.0.2.7", 50_000),
                null,
                null,
                null,
                null,
                null,
                null,
                SessionRecord.NO_REPLY,
                reason,
                0,
                0,
                3);
    }

    private static Endpoint endpoint(String name, int port) {
        return new Endpoint(new Host.Name(name), port);
    }

    private static InetSocketAddress address(String literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(SessionRecord session, Instant ended) {
        StringBuilder line = new StringBuilder();
        AccessLine.append(line, session, "edge-1", ended);
        assertThat(line).endsWith("\n");
        return line.substring(0, line.length() - 1);
    }
}
