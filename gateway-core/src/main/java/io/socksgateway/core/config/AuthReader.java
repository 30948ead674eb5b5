package io.socksgateway.core.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads section {@code auth}. A further type of authenticator is a further case of {@code authenticator}. */
final class AuthReader {

    private static final int MAX_PASSWORD_BYTES = 255;
    private static final Choice<String> TYPE = Choice.of("file", "identd");

    private static final Kind<Integer> IDENTD_PORT = new WholeNumber(1, 65_535);

    private final Kind<Secret> secret;
    private final Kind<Path> file;
    private final Uniqueness authenticators;
    private final Uniqueness users;
    private AuthConfig.@Nullable Identd identd;

    AuthReader(Findings findings, Path folder, Kind<Secret> secret) {
        this.secret = secret;
        this.file = new PathText(folder, true);
        this.authenticators = new Uniqueness(findings, "authenticator");
        this.users = new Uniqueness(findings, "user");
    }

    /** Null if anything in it is wrong, for then nobody can say who may log in. */
    @Nullable
    AuthConfig read(Section section) {
        List<Object> entries = section.objects("authenticators", this::authenticator);
        AuthConfig auth = new AuthConfig(
                entries.stream()
                        .filter(AuthConfig.FileAuthenticator.class::isInstance)
                        .map(AuthConfig.FileAuthenticator.class::cast)
                        .toList(),
                section.objects("users", this::user),
                identd);
        return section.clean() ? auth : null;
    }

    private @Nullable Object authenticator(Section section) {
        String given = section.optional("name", NameText.NAME);
        String name = given == null ? "authenticator-" + section.position() : given;
        authenticators.claim(name, section.path("name"));
        String type = section.required("type", TYPE);
        if (type == null) {
            section.ignoreOthers();
            return null;
        }
        if (type.equals("identd")) {
            int port = section.value("port", AuthConfig.Identd.DEFAULT_PORT, IDENTD_PORT);
            if (identd != null) {
                section.fail("type", "a second identd", "expected: at most one authenticator of this type");
            }
            identd = new AuthConfig.Identd(name, port);
            return identd;
        }
        Path path = section.required("path", file);
        return path == null ? null : new AuthConfig.FileAuthenticator(name, path);
    }

    private AuthConfig.@Nullable User user(Section section) {
        String name = section.required("name", NameText.NAME);
        Secret password = section.required("password", secret);
        List<String> groups = section.list("groups", List.of(), NameText.NAME);
        if (name != null) {
            users.claim(name, section.path("name"));
        }
        if (password != null && isTooLong(password)) {
            section.fail("password", "is longer than 255 bytes", "no client can send such a password (RFC 1929)");
        }
        return name == null || password == null ? null : new AuthConfig.User(name, password, Set.copyOf(groups));
    }

    private static boolean isTooLong(Secret password) {
        return SecretValue.isPlain(password.value())
                && password.value().getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES;
    }
}
