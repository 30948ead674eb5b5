package io.socksgateway.core.config;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.InternalAddresses;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads section {@code admin}.
 *
 * @param folder what relative paths are relative to
 * @param environment the environment's variables, null for one that is not set
 */
record AdminReader(Path folder, Function<String, @Nullable String> environment) {

    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 9090;

    private static final int MOST_USERS = 1_000;

    /** What a guess needs years for, in characters. */
    private static final int SHORTEST_GOOD_TOKEN = 16;

    private static final Kind<Integer> USERS = new WholeNumber(0, MOST_USERS);

    @Nullable
    AdminConfig read(Section section) {
        String host = section.value("host", DEFAULT_HOST, HostText.HOST);
        int port = section.value("port", DEFAULT_PORT, WholeNumber.PORT);
        boolean placed = section.clean();
        Secret token = token(section, folder, environment);
        TlsConfig tls = section.objectIfPresent("tls", new TlsReader(folder)::read);
        Integer topUsers = section.object("metrics", metrics -> metrics.value("topUsers", 0, USERS));
        if (token == null && !section.has("token") && placed && !HostText.isLoopback(host)) {
            section.fail(
                    "token",
                    "is missing",
                    "expected: a token, as others reach " + host + "; or admin.host to be a loopback address");
        }
        advise(section, host, token);
        if (token != null && !section.has("tls") && isPublic(host)) {
            section.findings()
                    .warn(section.path("tls"), "is missing", "who listens on the way to " + host + " learns the token");
        }
        return topUsers == null ? null : new AdminConfig(host, port, token, tls, topUsers);
    }

    /** The token, or null if it is absent or wrong. */
    static @Nullable Secret token(Section section, Path folder, Function<String, @Nullable String> environment) {
        Secret token = section.optional("token", SecretValue.neededAsItIs(folder, environment));
        if (token != null && !AdminConfig.isToken(token)) {
            section.fail(
                    "token",
                    "has a character that no token may have",
                    "expected: printable ASCII without spaces, and without line breaks, also at its end");
            return null;
        }
        return token;
    }

    /** Whether the way there may lead through networks of others; a name may be of any address. */
    private static boolean isPublic(String host) {
        return !HostText.isLoopback(host)
                && Addresses.parse(host)
                        .map(address -> !InternalAddresses.contains(address))
                        .orElse(true);
    }

    private static void advise(Section section, String host, @Nullable Secret token) {
        if (token == null) {
            if (!section.has("token") && HostText.isLoopback(host)) {
                section.findings()
                        .warn(section.path("token"), "is missing", "whoever is on this machine may end any session");
            }
        } else if (token.value().length() < SHORTEST_GOOD_TOKEN) {
            section.findings()
                    .warn(
                            section.path("token"),
                            "has fewer than " + SHORTEST_GOOD_TOKEN + " characters",
                            "make one that nobody guesses: openssl rand -hex 32");
        }
    }
}
