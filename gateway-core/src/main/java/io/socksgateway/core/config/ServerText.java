package io.socksgateway.core.config;

import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A name server: {@code address} or {@code address:port}, an IPv6 address in brackets. */
final class ServerText {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[0-9.]+)(?::(\\d{1,5}))?");
    private static final int PORT = 53;
    private static final String EXPECTED = "an address such as \"10.0.0.53\", \"10.0.0.53:5353\" or \"[fd00::53]\"";

    static final Kind<InetSocketAddress> SERVER = new Text<>(EXPECTED, ServerText::parse);

    private ServerText() {}

    private static @Nullable InetSocketAddress parse(String text, Cursor at) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            int port = matcher.group(2) == null ? PORT : Integer.parseInt(matcher.group(2));
            Optional<InetAddress> address = Addresses.parse(matcher.group(1)).filter(ServerText::isOneMachine);
            if (address.isPresent() && port > 0 && port <= 65_535) {
                return new InetSocketAddress(address.get(), port);
            }
        }
        boolean bare = text.indexOf(':') >= 0 && Addresses.parse(text).isPresent();
        boolean missesBrackets = bare && !text.startsWith("[");
        at.fail(Shown.quoted(text), missesBrackets ? "did you mean \"[" + text + "]\"?" : "expected: " + EXPECTED);
        return null;
    }

    private static boolean isOneMachine(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }
}
