package io.socksgateway.core.session;

/**
 * Takes the records of ended sessions. Implementations are thread-safe and never block or throw: event loops call them.
 */
@FunctionalInterface
public interface SessionLog {

    void ended(SessionRecord session);
}
