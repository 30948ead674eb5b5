package io.socksgateway.auth;

import io.socksgateway.core.bus.RevocationClient;
import io.socksgateway.core.session.Revocation;
import java.util.Set;

/**
 * What has become of the users of a source that this node has read again. Each node reads for itself, so another one may know it
 * already, or not yet.
 *
 * <p>Immutable.
 *
 * @param source name of their authenticator
 * @param gone who is not there any more
 * @param changed who has another password or other groups there
 */
record ChangedUsers(String source, Set<String> gone, Set<String> changed) {

    ChangedUsers {
        gone = Set.copyOf(gone);
        changed = Set.copyOf(changed);
    }

    static ChangedUsers between(String source, UserTable before, UserTable after) {
        return new ChangedUsers(source, before.gone(after), before.changed(after));
    }

    static ChangedUsers none(String source) {
        return new ChangedUsers(source, Set.of(), Set.of());
    }

    /**
     * Ends the sessions of those who are gone on all nodes. Of those who have changed it ends only what this node has let in by
     * what it knew before: elsewhere they may have logged in anew, and this would end those sessions once for each node.
     */
    void revoke(RevocationClient sessions) {
        if (!gone.isEmpty()) {
            sessions.revoke(new Revocation(source, gone));
        }
        if (!changed.isEmpty()) {
            sessions.revokeHere(new Revocation(source, changed));
        }
    }
}
