package io.socksgateway.core.config;

/**
 * Section {@code log}.
 *
 * <p>Immutable.
 *
 * @param accessPath file of the access log, absolute or {@code -} for standard output
 * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
 */
public record LogConfig(String accessPath, String level) {

    public static final LogConfig DEFAULT = new LogConfig("-", "info");
}
