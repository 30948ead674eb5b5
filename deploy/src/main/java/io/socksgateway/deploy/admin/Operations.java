package io.socksgateway.deploy.admin;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What operators may have a node do.
 *
 * <p>Thread-safe.
 */
public interface Operations {

    /** Seconds until who asked for a reload is told what came of it, or that it takes longer: who waits has to wait longer. */
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
     * Begins to stop, as SIGTERM does: no new sessions, time for the others, then the process ends. Returns at once, and the
     * node is draining then; a second call does nothing.
     */
    void drain();

    /** A reload has not begun, as one before it takes too long; it follows that one. */
    final class StillQueuedException extends TimeoutException {
        private static final long serialVersionUID = 1L;

        public StillQueuedException() {
            super("an earlier reload is still under way");
        }
    }

    /**
     * Reads the configuration again and applies it as a whole, or not at all.
     *
     * @return fails only if that cannot be tried, or with a {@link TimeoutException} if it is not known yet what comes of it: with
     *     a {@link StillQueuedException} if it has not begun
     */
    Future<Reload> reload();
}
