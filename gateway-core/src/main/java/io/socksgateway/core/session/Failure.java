package io.socksgateway.core.session;

import io.socksgateway.core.wire.Reply;

/** Everything that can refuse or fail a request, with the reply and the end reason that follow from it. */
public enum Failure {
    /** A rule, or the guard of internal addresses. */
    DENIED(Reply.NOT_ALLOWED, EndReason.DENIED),
    /** A limit is reached, or nobody could tell whether it is. */
    QUOTA(Reply.NOT_ALLOWED, EndReason.QUOTA),
    /** SOCKS4 on a listener that wants a login, which SOCKS4 does not have. */
    NO_LOGIN(Reply.NOT_ALLOWED, EndReason.AUTH_FAILED),
    /** SOCKS4: the client's identd does not answer, or does not know. */
    NO_IDENTD(Reply.IDENTD_UNREACHABLE, EndReason.AUTH_FAILED),
    /** SOCKS4: the client's identd names another user than the request. */
    IDENTD_MISMATCH(Reply.IDENTD_MISMATCH, EndReason.AUTH_FAILED),
    REFUSED(Reply.CONNECTION_REFUSED, EndReason.REFUSED),
    NETWORK_UNREACHABLE(Reply.NETWORK_UNREACHABLE, EndReason.REFUSED),
    HOST_UNREACHABLE(Reply.HOST_UNREACHABLE, EndReason.REFUSED),
    /** The name does not resolve, or to no address of a family in use. */
    NAME_UNKNOWN(Reply.HOST_UNREACHABLE, EndReason.REFUSED),
    /** No name server says anything about the name: all are silent, or fail themselves. */
    NAME_UNANSWERED(Reply.HOST_UNREACHABLE, EndReason.TIMEOUT),
    /** No answer from the target: the only cause left for "TTL expired", and what other servers say too. */
    TIMED_OUT(Reply.TTL_EXPIRED, EndReason.TIMEOUT),
    UNKNOWN_COMMAND(Reply.COMMAND_NOT_SUPPORTED, EndReason.UNSUPPORTED),
    UNKNOWN_ADDRESS_TYPE(Reply.ADDRESS_TYPE_NOT_SUPPORTED, EndReason.UNSUPPORTED),
    /** The dialect is not among the listener's protocols. */
    PROTOCOL_OFF(Reply.GENERAL_FAILURE, EndReason.UNSUPPORTED),
    MALFORMED(Reply.GENERAL_FAILURE, EndReason.MALFORMED),
    /** The node has as many sessions as it may have. */
    FULL(Reply.GENERAL_FAILURE, EndReason.FULL),
    /** This machine has too few descriptors, ports or buffers, or its firewall forbids it. */
    LOCAL(Reply.GENERAL_FAILURE, EndReason.ERROR);

    private final Reply reply;
    private final EndReason reason;

    Failure(Reply reply, EndReason reason) {
        this.reply = reply;
        this.reason = reason;
    }

    public Reply reply() {
        return reply;
    }

    public EndReason reason() {
        return reason;
    }
}
