package io.socksgateway.core.config;

import org.jspecify.annotations.Nullable;

/**
 * Section {@code cluster.store}: the database that keeps what was used over restarts of the whole cluster.
 *
 * <p>Immutable.
 *
 * @param url as JDBC has it, without user and password
 */
public record StoreConfig(
        String url, @Nullable String user, @Nullable Secret password) {}
