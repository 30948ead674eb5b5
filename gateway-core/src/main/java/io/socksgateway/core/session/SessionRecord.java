package io.socksgateway.core.session;

import io.socksgateway.core.address.Endpoint;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a session went: the content of its access line. What was never known is null.
 *
 * <p>Immutable.
 *
 * @param requested destination as the client named it
 * @param dialled address that was connected, or tried last
 * @param rule id of the rule that decided
 * @param quota name of the quota that refused
 * @param replyCode the octet that the client was sent in its dialect; -1 if it was sent none
 * @param bytesUp octets that the target took from the client
 * @param bytesDown octets that the client took from the target
 * @param durationMillis from accept to end
 */
public record SessionRecord(
        String id,
        String listener,
        InetSocketAddress client,
        @Nullable String user,
        @Nullable String command,
        @Nullable Endpoint requested,
        @Nullable InetSocketAddress dialled,
        @Nullable String rule,
        @Nullable String quota,
        int replyCode,
        EndReason reason,
        long bytesUp,
        long bytesDown,
        long durationMillis) {

    /** {@link #replyCode} of a session that ended before its reply. */
    public static final int NO_REPLY = -1;

    /**
     * Of a session that a relay has had, at its end.
     *
     * @param endNanos the time of the end, by the clock of {@link SessionInfo#startNanos}
     */
    public static SessionRecord of(LiveSession session, int replyCode, EndReason reason, long endNanos) {
        SessionInfo info = session.info();
        return new SessionRecord(
                info.id(),
                info.listener(),
                info.client(),
                info.identity().user(),
                info.command().toString(),
                info.request().destination(),
                session.dialled(),
                session.rule(),
                reason == EndReason.QUOTA ? info.allowance().usedUp() : null,
                replyCode,
                reason,
                session.bytes().up(),
                session.bytes().down(),
                TimeUnit.NANOSECONDS.toMillis(endNanos - info.startNanos()));
    }
}
