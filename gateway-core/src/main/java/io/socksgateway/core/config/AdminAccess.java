package io.socksgateway.core.config;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What section {@code admin} tells a client of the endpoint, or why it tells nothing. */
public sealed interface AdminAccess {

    /**
     * Where the endpoint is, and what it takes to be served.
     *
     * <p>Immutable.
     *
     * @param port 0 for any free one
     * @param secure whether it speaks TLS
     * @param token null if there is none, or it was not asked for
     * @param certificate the one that it shows; null without TLS, or if it was not asked for
     */
    record Found(
            String host,
            int port,
            boolean secure,
            @Nullable Secret token,
            @Nullable X509Certificate certificate) implements AdminAccess {}

    /** There is no such section, and so no endpoint. */
    record Absent() implements AdminAccess {}

    /**
     * What is wrong with the section.
     *
     * <p>Immutable.
     *
     * @param errors all of them, at least one
     */
    record Wrong(List<ConfigError> errors) implements AdminAccess {
        public Wrong {
            errors = List.copyOf(errors);
        }
    }
}
