package io.socksgateway.core.config;

/**
 * Section {@code node}.
 *
 * <p>Immutable.
 *
 * @param name what logs and other nodes call this one; the host's name by default
 * @param maxSessions the most sessions at one time; fewer if there are too few descriptors
 * @param watch whether a configuration that has changed is applied at once
 */
public record NodeConfig(String name, int maxSessions, boolean watch) {

    public static final int DEFAULT_MAX_SESSIONS = 50_000;
}
