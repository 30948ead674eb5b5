package io.socksgateway.core.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URL of a directory's server: {@code ldap://host:port} or {@code ldaps://host:port}; base and filter have keys of their own. */
final class LdapUrl {

    private static final Pattern FORM =
            Pattern.compile("(?i)(ldaps?)://(\\[[0-9a-f:.]+]|[^\\[\\]/?#@:\\s]+)(?::(\\d{1,5}))?/?");
    private static final int PORT = 389;
    private static final int TLS_PORT = 636;
    private static final String EXPECTED = "\"ldaps://HOST\" or \"ldap://HOST\", with an optional port";

    static final Kind<LdapConfig.Server> SERVER = new Text<>(EXPECTED, LdapUrl::parse);

    private LdapUrl() {}

    private static LdapConfig.@Nullable Server parse(String text, Cursor at) {
        Matcher url = FORM.matcher(text);
        if (url.matches()) {
            boolean tls = url.group(1).equalsIgnoreCase("ldaps");
            int defaultPort = tls ? TLS_PORT : PORT;
            int port = url.group(3) == null ? defaultPort : Integer.parseInt(url.group(3));
            Optional<String> host = HostText.parse(url.group(2));
            if (host.isPresent() && port > 0 && port <= 65_535) {
                return new LdapConfig.Server(tls, host.get(), port);
            }
        }
        // It may hold a password, as no other part of it is shown.
        if (text.indexOf('@') >= 0) {
            at.fail("is no URL of a directory", "expected: " + EXPECTED);
        } else {
            at.fail(Shown.quoted(UrlSecrets.hideIfWrong(text)), "expected: " + EXPECTED);
        }
        return null;
    }
}
