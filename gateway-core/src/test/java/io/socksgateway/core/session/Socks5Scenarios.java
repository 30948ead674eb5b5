package io.socksgateway.core.session;

import static io.socksgateway.core.session.Scenario.policy;
import static io.socksgateway.core.session.Scenario.speaking;

import io.socksgateway.core.wire.Method;
import io.socksgateway.core.wire.SocksVersion;
import io.socksgateway.testkit.Hex;
import java.util.stream.Stream;

/** What SOCKS5 clients say, and what they are to hear. */
final class Socks5Scenarios {

    private static final HandshakePolicy NONE = policy(Method.NONE);
    private static final HandshakePolicy USERPASS = policy(Method.USERPASS);
    private static final HandshakePolicy EITHER = policy(Method.USERPASS, Method.NONE);
    private static final HandshakePolicy RATHER_NONE = policy(Method.NONE, Method.USERPASS);

    private static final String GREETING = "05 01 00 ";
    private static final String CHOSEN_NONE = "05 00 ";
    private static final String CHOSEN_USERPASS = "05 02 ";
    private static final String LOGIN = "01 05 616c696365 03 707764 ";
    private static final String CONNECT = "05 01 00 01 c0000201 01bb";
    private static final String ASKED = "authenticate alice with 70 77 64";
    private static final String OPEN = "open connect to 192.0.2.1:443 by socks5";

    private Socks5Scenarios() {}

    private static String failure(String code) {
        return "05 " + code + " 00 01 00000000 0000";
    }

    private static String named(String name) {
        return GREETING + "05 01 00 03 " + Hex.counted(name) + " 0050";
    }

    static Stream<Scenario> all() {
        return Stream.of(methods(), logins(), requests(), badRequests()).flatMap(scenarios -> scenarios);
    }

    private static Stream<Scenario> methods() {
        return Stream.of(
                Scenario.of("no login", NONE, GREETING + CONNECT, CHOSEN_NONE, OPEN),
                Scenario.of("ours among many", NONE, "05 04 80 02 01 00" + CONNECT, CHOSEN_NONE, OPEN),
                Scenario.of(
                        "our preference, not the client's",
                        EITHER,
                        "05 02 00 02" + LOGIN + CONNECT,
                        CHOSEN_USERPASS + "01 00",
                        ASKED,
                        OPEN),
                Scenario.of("our preference is no login", RATHER_NONE, "05 02 02 00" + CONNECT, CHOSEN_NONE, OPEN),
                Scenario.of("the second preference", EITHER, GREETING + CONNECT, CHOSEN_NONE, OPEN),
                Scenario.of("login wanted, none offered", USERPASS, GREETING, "05 ff", "end auth-failed -1"),
                Scenario.of("only GSSAPI offered", EITHER, "05 01 01", "05 ff", "end auth-failed -1"),
                Scenario.of("no methods", NONE, "05 00", "05 ff", "end auth-failed -1"),
                Scenario.of("FF is no method", NONE, "05 01 ff", "05 ff", "end auth-failed -1"),
                Scenario.of(
                        "dialect off",
                        speaking(SocksVersion.SOCKS4, SocksVersion.SOCKS4A),
                        GREETING,
                        "05 ff",
                        "end unsupported -1"),
                Scenario.of("HTTP", NONE, "47", "", "end malformed -1"),
                Scenario.of("TLS", NONE, "16", "", "end malformed -1"),
                Scenario.of("version 0", NONE, "00", "", "end malformed -1"),
                Scenario.of("version 6", NONE, "06", "", "end malformed -1"));
    }

    private static Stream<Scenario> logins() {
        String greeting = "05 01 02 ";
        return Stream.of(
                Scenario.of("login", USERPASS, greeting + LOGIN + CONNECT, CHOSEN_USERPASS + "01 00", ASKED, OPEN),
                Scenario.of(
                                "wrong password",
                                USERPASS,
                                greeting + LOGIN,
                                CHOSEN_USERPASS + "01 01",
                                ASKED,
                                "end auth-failed -1")
                        .wrongPassword(),
                Scenario.of(
                        "empty password",
                        USERPASS,
                        greeting + "01 01 61 00" + CONNECT,
                        CHOSEN_USERPASS + "01 00",
                        "authenticate a with ",
                        OPEN),
                Scenario.of(
                        "sub-negotiation of version 5",
                        USERPASS,
                        greeting + "05",
                        CHOSEN_USERPASS + "01 01",
                        "end malformed -1"),
                Scenario.of(
                        "request after the login is malformed",
                        USERPASS,
                        greeting + LOGIN + "04",
                        CHOSEN_USERPASS + "01 00" + failure("01"),
                        ASKED,
                        "end malformed 1"));
    }

    private static Stream<Scenario> requests() {
        return Stream.of(
                Scenario.of(
                        "IPv6",
                        NONE,
                        GREETING + "05 01 00 04 20010db8 00000000 00000000 00000001 0050",
                        CHOSEN_NONE,
                        "open connect to [2001:db8::1]:80 by socks5"),
                Scenario.of(
                        "name", NONE, named("Example.com"), CHOSEN_NONE, "open connect to Example.com:80 by socks5"),
                Scenario.of("literal", NONE, named("::1"), CHOSEN_NONE, "open connect to [::1]:80 by socks5"),
                Scenario.of(
                        "BIND, which is not served",
                        NONE,
                        GREETING + "05 02 00 01 c0000201 01bb",
                        CHOSEN_NONE + failure("07"),
                        "end unsupported 7"),
                Scenario.of(
                        "unknown command",
                        NONE,
                        GREETING + "05 f0 00 01 c0000201 01bb",
                        CHOSEN_NONE + failure("07"),
                        "end unsupported 7"));
    }

    private static Stream<Scenario> badRequests() {
        return Stream.of(
                Scenario.of(
                        "unknown address type",
                        NONE,
                        GREETING + "05 01 00 02",
                        CHOSEN_NONE + failure("08"),
                        "end unsupported 8"),
                Scenario.of(
                        "unknown command and address type",
                        NONE,
                        GREETING + "05 99 00 02",
                        CHOSEN_NONE + failure("07"),
                        "end unsupported 7"),
                Scenario.of(
                        "unknown command without a name",
                        NONE,
                        GREETING + "05 09 00 03 00 0050",
                        CHOSEN_NONE + failure("07"),
                        "end unsupported 7"),
                Scenario.of(
                        "unknown command with NUL in the name",
                        NONE,
                        GREETING + "05 09 00 03 03 61 00 62 0050",
                        CHOSEN_NONE + failure("07"),
                        "end unsupported 7"),
                Scenario.of(
                        "no name",
                        NONE,
                        GREETING + "05 01 00 03 00 0050",
                        CHOSEN_NONE + failure("01"),
                        "end malformed 1"),
                Scenario.of("line break", NONE, named("a\r\nb"), CHOSEN_NONE + failure("01"), "end malformed 1"),
                Scenario.of("old spelling", NONE, named("127.1"), CHOSEN_NONE + failure("01"), "end malformed 1"),
                Scenario.of(
                        "request of version 1", NONE, GREETING + "01", CHOSEN_NONE + failure("01"), "end malformed 1"));
    }
}
