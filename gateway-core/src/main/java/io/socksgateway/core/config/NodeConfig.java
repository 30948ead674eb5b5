package io.socksgateway.core.config;

import java.nio.file.Path;

/**
 * Section {@code node}.
 *
 * <p>Immutable.
 *
 * @param name what logs and other nodes call this one; the host's name by default
 * @param maxSessions the most sessions at one time; fewer if there are too few descriptors
 * @param watch whether a configuration that has changed is applied at once
 * @param data folder of what a node keeps over restarts; made when something is to be kept
 */
public record NodeConfig(String name, int maxSessions, boolean watch, Path data) {

    public static final int DEFAULT_MAX_SESSIONS = 50_000;
}
