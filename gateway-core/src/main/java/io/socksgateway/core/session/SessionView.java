package io.socksgateway.core.session;

import io.socksgateway.core.address.Endpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an open session: the words of its access line as far as they are known, and how far it is.
 *
 * <p>Immutable.
 *
 * @param source name of the authenticator that vouches for the user
 * @param requested destination as the client named it
 * @param dialled {@code address:port}
 * @param quotas names of the quotas that count it
 * @param durationMillis since accept
 */
public record SessionView(
        String id,
        String node,
        String listener,
        String client,
        @Nullable String user,
        @Nullable String source,
        String command,
        String requested,
        @Nullable String dialled,
        @Nullable String rule,
        List<String> quotas,
        LiveSession.State state,
        long bytesUp,
        long bytesDown,
        long durationMillis) {

    public SessionView {
        quotas = List.copyOf(quotas);
    }

    /** A session of a node, as it is now. */
    public static SessionView of(LiveSession session, String node, long nanoTime) {
        SessionInfo info = session.info();
        InetSocketAddress dialled = session.dialled();
        return new SessionView(
                info.id(),
                node,
                info.listener(),
                Endpoint.of(info.client()).toString(),
                info.identity().user(),
                info.identity().source(),
                info.command().toString(),
                info.request().destination().toString(),
                dialled == null ? null : Endpoint.of(dialled).toString(),
                session.rule(),
                info.quotas(),
                session.state(),
                session.bytes().up(),
                session.bytes().down(),
                TimeUnit.NANOSECONDS.toMillis(nanoTime - info.startNanos()));
    }
}
