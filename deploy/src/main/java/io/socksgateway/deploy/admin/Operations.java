package io.socksgateway.deploy.admin;

import io.vertx.core.Future;
import java.util.List;

/**
 * What operators may have a node do.
 *
 * <p>Thread-safe.
 */
public interface Operations {

    /** What a reload takes at the most, in seconds, unless others are under way before it: who waits for it has to wait longer. */
    long RELOAD_SECONDS = 150;

    /**
     * What came of a reload.
     *
     * @param applied whether the new configuration is in force; if not, the old one still is
     * @param lines what has changed; or everything that is wrong, each with its JSON path
     */
    record Reload(boolean applied, List<String> lines) {
        public Reload {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Begins to stop, as SIGTERM does: no new sessions, time for the others, then the process ends. Returns at once; a second
     * call does nothing.
     */
    void drain();

    /** Reads the configuration again and applies it as a whole, or not at all. Fails only if that cannot be tried. */
    Future<Reload> reload();
}
