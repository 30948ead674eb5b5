package io.socksgateway.deploy.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * What clients of a route say to its server and expect of it, for all of them.
 *
 * <p>Immutable.
 */
final class Negotiation {

    private final NativeOctets[] questions;
    private final int method;

    private Negotiation(int method, NativeOctets... questions) {
        this.method = method;
        this.questions = questions;
    }

    /** None for a server that is not asked. */
    static Negotiation of(Route route, int command) {
        if (!route.socks()) {
            return new Negotiation(0);
        }
        InetSocketAddress any = new InetSocketAddress("0.0.0.0", 0);
        NativeOctets greeting = SocksFrames.greeting(route);
        NativeOctets request = SocksFrames.request(command, command == SocksFrames.CONNECT ? route.target() : any);
        Login login = route.login();
        int method = SocksFrames.method(route);
        return login == null
                ? new Negotiation(method, greeting, request)
                : new Negotiation(method, greeting, SocksFrames.login(login), request);
    }

    /** How many questions there are. */
    int length() {
        return questions.length;
    }

    NativeOctets question(int index) {
        return questions[index];
    }

    /** Octets of the answer, or 0 if there are too few to tell. */
    int answerLength(int index, byte[] answer, int received) {
        if (index < questions.length - 1) {
            return 2;
        }
        if (received < 5) {
            return 0;
        }
        return switch (answer[3]) {
            case 1 -> 10;
            case 4 -> 22;
            default -> 7 + (answer[4] & 0xFF);
        };
    }

    /** Whether the answer is what it should be. */
    boolean isYes(int index, byte[] answer) {
        return answer[1] == (index == 0 ? method : 0);
    }

    /** The IPv4 address in the last answer; the server's own if it names none. */
    static InetSocketAddress bound(byte[] answer, InetSocketAddress server) throws IOException {
        if (answer[3] != 1) {
            throw new IOException("not an IPv4 address");
        }
        InetAddress address = InetAddress.getByAddress(Arrays.copyOfRange(answer, 4, 8));
        int port = (answer[8] & 0xFF) << 8 | (answer[9] & 0xFF);
        return new InetSocketAddress(address.isAnyLocalAddress() ? server.getAddress() : address, port);
    }
}
