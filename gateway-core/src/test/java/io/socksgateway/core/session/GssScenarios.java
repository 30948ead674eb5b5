package io.socksgateway.core.session;

import io.socksgateway.core.wire.Method;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.ToyContext;
import java.util.List;
import java.util.stream.Stream;

/** What clients with a security context say, and what they are to hear. */
final class GssScenarios {

    private static final HandshakePolicy GSSAPI = Scenario.policy(Method.GSSAPI);
    private static final HandshakePolicy EITHER = Scenario.policy(Method.GSSAPI, Method.NONE);

    private static final String GREETING = "05 01 01 ";
    private static final String TOKEN = "01 01 0001 e0 ";
    private static final String CHOSEN = "05 01 ";
    private static final String ESTABLISHED = "01 01 0001 e1 ";
    private static final String ABORT = "01 ff";
    private static final String CONNECT = "05 01 00 01 c0000201 01bb";
    private static final String OPEN = "open connect to 192.0.2.1:443 by socks5";
    private static final String ACCEPT = "accept e0";

    private GssScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(contexts(), levels(), nec(), wrong()).flatMap(scenarios -> scenarios);
    }

    private static GssTerms only(Protection... levels) {
        return new GssTerms(List.of(levels), false);
    }

    /** The first message of the client, or of the server. */
    private static String level(ToyContext end, int octet) {
        byte[] token = end.wrap(new byte[] {(byte) octet}, false);
        return "01 02 %04x ".formatted(token.length) + Hex.text(token) + " ";
    }

    private static String asks(int level) {
        return level(ToyContext.initiator(), level);
    }

    private static String agrees(int level) {
        return level(ToyContext.acceptor(), level);
    }

    private static Scenario agreement(String name, int asked, int agreed) {
        return Scenario.of(
                name, GSSAPI, GREETING + TOKEN + asks(asked), CHOSEN + ESTABLISHED + agrees(agreed), ACCEPT, "protect");
    }

    private static Scenario aborted(String name, String input, String reason) {
        return Scenario.of(
                name, GSSAPI, GREETING + TOKEN + input, CHOSEN + ESTABLISHED + ABORT, ACCEPT, "end " + reason + " -1");
    }

    private static Stream<Scenario> contexts() {
        return Stream.of(
                Scenario.of(
                        "three tokens",
                        GSSAPI,
                        GREETING + "01 01 0001 c0 01 01 0001 c0" + TOKEN + asks(2),
                        CHOSEN + "01 01 0001 c1 01 01 0001 c1" + ESTABLISHED + agrees(2),
                        "accept c0",
                        "accept c0",
                        ACCEPT,
                        "protect"),
                Scenario.of(
                        "too many tokens",
                        GSSAPI,
                        GREETING + "01 01 0001 c0".repeat(17),
                        CHOSEN + "01 01 0001 c1".repeat(16) + ABORT,
                        Stream.concat(Stream.generate(() -> "accept c0").limit(16), Stream.of("end malformed -1"))
                                .toArray(String[]::new)),
                Scenario.of("no context", GSSAPI, GREETING + TOKEN, CHOSEN + ABORT, ACCEPT, "end auth-failed -1")
                        .wrongPassword(),
                Scenario.of("a client without it", EITHER, "05 01 00" + CONNECT, "05 00", OPEN),
                Scenario.of(
                        "a client that rather has none",
                        EITHER,
                        "05 02 00 01" + TOKEN + asks(1),
                        CHOSEN + ESTABLISHED + agrees(1),
                        ACCEPT,
                        "protect"));
    }

    private static Stream<Scenario> levels() {
        return Stream.of(
                agreement("integrity", 1, 1),
                agreement("confidentiality", 2, 2),
                agreement("selective", 3, 3),
                agreement("no level that there is", 9, 2),
                agreement("none, which is not ours", 0, 2),
                agreement("only integrity is ours", 2, 1).with(only(Protection.INTEGRITY)),
                agreement("a context that cannot encrypt", 2, 1).with(ToyContext::withoutEncryption),
                Scenario.of(
                                "no protection is ours",
                                GSSAPI,
                                GREETING + TOKEN + asks(2) + CONNECT,
                                CHOSEN + ESTABLISHED + agrees(0),
                                ACCEPT,
                                OPEN)
                        .with(only(Protection.NONE)),
                aborted("nothing is possible", asks(1), "auth-failed")
                        .with(only(Protection.CONFIDENTIALITY))
                        .with(ToyContext::withoutEncryption),
                aborted("messages without numbers", asks(1), "auth-failed").with(ToyContext::withoutOrder),
                Scenario.of(
                                "without numbers and without protection",
                                GSSAPI,
                                GREETING + TOKEN + asks(2) + CONNECT,
                                CHOSEN + ESTABLISHED + agrees(0),
                                ACCEPT,
                                OPEN)
                        .with(only(Protection.NONE))
                        .with(ToyContext::withoutOrder));
    }

    private static Stream<Scenario> nec() {
        GssTerms nec = new GssTerms(List.of(Protection.CONFIDENTIALITY), true);
        return Stream.of(
                Scenario.of(
                                "NEC",
                                GSSAPI,
                                GREETING + TOKEN + "01 02 0001 02" + CONNECT,
                                CHOSEN + ESTABLISHED + "01 02 0001 00",
                                ACCEPT,
                                OPEN)
                        .with(nec),
                agreement("not NEC, where NEC is possible", 2, 2).with(nec),
                aborted("NEC, which is off", "01 02 0001 02", "malformed"));
    }

    private static Stream<Scenario> wrong() {
        ToyContext late = ToyContext.initiator();
        late.lose();
        byte[] two = ToyContext.initiator().wrap(new byte[] {2, 2}, false);
        return Stream.of(
                Scenario.of("version 5", GSSAPI, GREETING + "05", CHOSEN + ABORT, "end malformed -1"),
                Scenario.of("a level too early", GSSAPI, GREETING + "01 02", CHOSEN + ABORT, "end malformed -1"),
                Scenario.of("empty token", GSSAPI, GREETING + "01 01 0000", CHOSEN + ABORT, "end malformed -1"),
                Scenario.of("the client gives up", GSSAPI, GREETING + "01 ff", CHOSEN + ABORT, "end malformed -1"),
                aborted("a request too early", "01 03", "malformed"),
                aborted("a token too late", "01 01", "malformed"),
                aborted("not of the context", "01 02 000a 00 00000000 02 00000000", "malformed"),
                aborted("not the first message", level(late, 2), "malformed"),
                aborted("two octets", "01 02 %04x ".formatted(two.length) + Hex.text(two), "malformed"));
    }
}
