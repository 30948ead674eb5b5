package io.socksgateway.core.session;

import io.socksgateway.core.address.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are meant. What is null does not matter; a filter of nulls means all.
 *
 * <p>Immutable.
 *
 * @param id of one session
 * @param user verified name
 * @param source name of the authenticator that vouches for the user
 * @param client addresses of clients
 * @param node name of the node that has the session
 */
public record SessionFilter(
        @Nullable String id,
        @Nullable String user,
        @Nullable String source,
        @Nullable Cidr client,
        @Nullable String listener,
        @Nullable String node,
        LiveSession.@Nullable State state) {

    /** All sessions. */
    public static final SessionFilter ALL = new SessionFilter(null, null, null, null, null, null, null);

    public static SessionFilter id(String id) {
        return new SessionFilter(id, null, null, null, null, null, null);
    }

    /** The sessions of a user, whoever vouches for the name. */
    public static SessionFilter user(String user) {
        return new SessionFilter(null, user, null, null, null, null, null);
    }

    /** The sessions of a user as one authenticator knows them. */
    public static SessionFilter user(String user, String source) {
        return new SessionFilter(null, user, source, null, null, null, null);
    }

    public static SessionFilter client(Cidr client) {
        return new SessionFilter(null, null, null, client, null, null, null);
    }

    public static SessionFilter node(String node) {
        return new SessionFilter(null, null, null, null, null, node, null);
    }

    /** Whether it names a session, a user or clients, and so does not mean everybody on a node or listener. */
    public boolean isPersonal() {
        return id != null || user != null || client != null;
    }

    /** Whether a session that is open on the node is meant. */
    public boolean matches(LiveSession session, String onNode) {
        SessionInfo info = session.info();
        return fits(id, info.id())
                && fits(user, info.identity().user())
                && fits(source, info.identity().source())
                && (client == null || client.contains(info.client().getAddress()))
                && fits(listener, info.listener())
                && fits(node, onNode)
                && (state == null || state == session.state());
    }

    private static boolean fits(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equals(actual);
    }
}
