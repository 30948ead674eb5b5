package io.socksgateway.core.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads section {@code cluster.store}.
 *
 * @param secret kind of the password of the database
 */
record StoreReader(Kind<Secret> secret) {

    /** Whose SQL we speak. */
    private static final Set<String> KNOWN = Set.of("jdbc:postgresql:", "jdbc:h2:");

    @Nullable
    StoreConfig read(Section section) {
        String url = section.required("url", SqlUrl.URL);
        String user = section.optional("user", NameText.NAME);
        Secret password = section.optional("password", secret);
        if (url != null && KNOWN.stream().noneMatch(url::startsWith)) {
            section.fail(
                    "url",
                    Shown.quoted(UrlSecrets.hideIfWrong(url)),
                    "expected: \"jdbc:postgresql:…\" or \"jdbc:h2:…\"");
            return null;
        }
        if (section.has("password") && !section.has("user")) {
            section.fail("user", "is missing", "expected: the user of the database that the password is for");
        }
        return url == null ? null : new StoreConfig(url, user, password);
    }
}
