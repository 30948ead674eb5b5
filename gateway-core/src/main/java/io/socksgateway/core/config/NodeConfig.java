package io.socksgateway.core.config;

/**
 * Section {@code node}.
 *
 * <p>Immutable.
 *
 * @param name what logs and other nodes call this one; the host's name by default
 */
public record NodeConfig(String name) {}
