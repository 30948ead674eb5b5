package io.socksgateway.core.config;

import io.socksgateway.core.quota.BackoffRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads section {@code auth}. */
final class AuthReader {

    private static final int MAX_PASSWORD_BYTES = 255;

    private final Kind<Secret> secret;
    private final AuthenticatorReader authenticators;
    private final Uniqueness users;

    AuthReader(Findings findings, Path folder, SecretValue secret) {
        this.secret = secret;
        this.authenticators = new AuthenticatorReader(findings, folder, secret.neededAsItIs());
        this.users = new Uniqueness(findings, "user");
    }

    /** Null if anything in it is wrong, for then nobody can say who may log in. */
    @Nullable
    AuthConfig read(Section section) {
        List<AuthenticatorConfig> asked = section.objects("authenticators", authenticators::read);
        List<AuthConfig.User> known = section.objects("users", this::user);
        BackoffRule backoff = section.object("backoff", BackoffReader::read);
        long recheck = section.value("recheck", "10m", DurationText.OR_ZERO);
        return backoff == null || !section.clean() ? null : new AuthConfig(asked, known, backoff, recheck);
    }

    /** The methods of plug-ins, also if something else is wrong. */
    List<PluginMethod> methods() {
        return authenticators.methods();
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
