package io.socksgateway.core.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node to look for: {@code host:port} or {@code host}, an IPv6 address in brackets. */
record MemberText(int defaultPort) implements Kind<String> {

    private static final Pattern FORM = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");

    @Override
    public @Nullable String read(Cursor at) {
        if (at.value() instanceof String text) {
            return parse(text, at);
        }
        at.unexpected(expected());
        return null;
    }

    private @Nullable String parse(String text, Cursor at) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            int port = matcher.group(2) == null ? defaultPort : Integer.parseInt(matcher.group(2));
            boolean bracketed = text.startsWith("[");
            Optional<String> host =
                    HostText.parse(matcher.group(1)).filter(parsed -> bracketed == parsed.indexOf(':') >= 0);
            if (host.isPresent() && port > 0 && port <= 65_535) {
                return (bracketed ? "[" + host.get() + "]" : host.get()) + ":" + port;
            }
        }
        boolean bare =
                HostText.parse(text).filter(parsed -> parsed.indexOf(':') >= 0).isPresent();
        at.fail(Shown.quoted(text), bare ? "did you mean \"[" + text + "]\"?" : "expected: " + expected());
        return null;
    }

    @Override
    public String expected() {
        return "a node as \"host\" or \"host:port\", an IPv6 address in brackets";
    }
}
