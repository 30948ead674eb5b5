package io.socksgateway.deploy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The level of the log, which goes to standard error as {@link StandardErrorLog} says. */
final class Logging {

    /** The pool of connections to databases, which tells of each start and end, and warns of what is noticed here anyway. */
    private static final String CHATTY = "com.zaxxer.hikari";

    private Logging() {}

    /** Errors only, for commands that print their result. */
    static void quiet() {
        level("error");
    }

    /** Writes what is still to be written, for five seconds at the most; what is logged after that is lost. */
    static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.stop();
        }
    }

    /**
     * Sets the level of everything that has none of its own.
     *
     * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
     */
    static void level(String level) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.toLevel(level));
            root.getLoggerContext().getLogger(CHATTY).setLevel(root.getLevel() == Level.INFO ? Level.ERROR : null);
        }
    }
}
