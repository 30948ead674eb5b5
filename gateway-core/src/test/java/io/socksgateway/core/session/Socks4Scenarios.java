package io.socksgateway.core.session;

import static io.socksgateway.core.session.Scenario.policy;
import static io.socksgateway.core.session.Scenario.speaking;

import io.socksgateway.core.wire.Method;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.testkit.Hex;
import java.util.stream.Stream;

/** What SOCKS4 and SOCKS4a clients say, and what they are to hear. */
final class Socks4Scenarios {

    private static final HandshakePolicy NONE = policy(Method.NONE);
    private static final String REFUSED = "00 5b 0000 00000000";
    private static final String CONNECT = "04 01 01bb c0000201 6d65 00";

    private Socks4Scenarios() {}

    private static String named(String name) {
        return "04 01 0050 00000001 6d65 00 " + Hex.ascii(name) + " 00";
    }

    static Stream<Scenario> all() {
        return Stream.of(
                Scenario.of("4", NONE, CONNECT, "", "open connect to 192.0.2.1:443 by socks4"),
                Scenario.of(
                        "4 confirmed by identd",
                        Scenario.identd(),
                        "04 01 01bb c0000201 616c696365 00",
                        "",
                        "identify alice",
                        "open connect to 192.0.2.1:443 by socks4"),
                Scenario.of(
                                "4a denied by identd",
                                Scenario.identd(),
                                "04 01 0050 00000001 626f62 00 612e6578616d706c65 00",
                                "00 5d 0000 00000000",
                                "identify bob",
                                "end auth-failed 93")
                        .wrongPassword(),
                Scenario.of(
                        "4 without user",
                        NONE,
                        "04 01 01bb c0000201 00",
                        "",
                        "open connect to 192.0.2.1:443 by socks4"),
                Scenario.of(
                        "4 to 0.0.0.0", NONE, "04 01 01bb 00000000 00", "", "open connect to 0.0.0.0:443 by socks4"),
                Scenario.of("4a", NONE, named("example.com"), "", "open connect to example.com:80 by socks4a"),
                Scenario.of("4a literal", NONE, named("192.0.2.1"), "", "open connect to 192.0.2.1:80 by socks4a"),
                Scenario.of("4 BIND, not served", NONE, "04 02 01bb c0000201 00", REFUSED, "end unsupported 91"),
                Scenario.of("4 has no UDP", NONE, "04 03 01bb c0000201 00", REFUSED, "end unsupported 91"),
                Scenario.of("4 unknown command", NONE, "04 00 01bb c0000201 00", REFUSED, "end unsupported 91"),
                Scenario.of(
                        "4 where a login is wanted", policy(Method.USERPASS), CONNECT, REFUSED, "end auth-failed 91"),
                Scenario.of(
                        "4a where a login is wanted",
                        policy(Method.USERPASS),
                        named("a"),
                        REFUSED,
                        "end auth-failed 91"),
                Scenario.of(
                        "4 where one may log in",
                        policy(Method.USERPASS, Method.NONE),
                        CONNECT,
                        "",
                        "open connect to 192.0.2.1:443 by socks4"),
                Scenario.of("4 off", speaking(SocksVersion.SOCKS4A), CONNECT, REFUSED, "end unsupported 91"),
                Scenario.of(
                        "4a off",
                        speaking(SocksVersion.SOCKS4),
                        "04 01 0050 00000001 75 00",
                        REFUSED,
                        "end unsupported 91"),
                Scenario.of("4 and 4a off", speaking(), "04 01 0050 00000001 75 00", REFUSED, "end unsupported 91"),
                Scenario.of(
                        "4a on only",
                        speaking(SocksVersion.SOCKS4A),
                        named("a"),
                        "",
                        "open connect to a:80 by socks4a"),
                Scenario.of("4 and 5 off", speaking(), CONNECT, REFUSED, "end unsupported 91"),
                Scenario.of("4a no name", NONE, named(""), REFUSED, "end malformed 91"),
                Scenario.of("4a space", NONE, named("a b"), REFUSED, "end malformed 91"),
                Scenario.of("4a old spelling", NONE, named("0x7f.1"), REFUSED, "end malformed 91"),
                Scenario.of(
                        "4 endless user", NONE, "04 01 01bb c0000201 " + "61".repeat(256), REFUSED, "end malformed 91"),
                Scenario.of(
                        "4a endless name",
                        NONE,
                        "04 01 01bb 00000001 00 " + "61".repeat(256),
                        REFUSED,
                        "end malformed 91"));
    }
}
