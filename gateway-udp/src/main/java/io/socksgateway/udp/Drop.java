package io.socksgateway.udp;

import java.util.Locale;

/** Why a datagram was not relayed. */
public enum Drop {
    /** Not from the client's address and port. */
    FOREIGN,
    /** No header, a reserved octet in use, port 0, or no name. */
    MALFORMED,
    /** A rule, or the guard of internal addresses. */
    DENIED,
    /** Fragments that were not put together: switched off, out of order, too slow or too many. */
    FRAGMENT,
    /** From an address that the client has not sent to. */
    STRANGER,
    /** Its name has no address, or too many datagrams wait for names. */
    NAME,
    /** The socket that it would leave by does not keep up, or there is none. */
    BACKLOG,
    /** The kernel refused it: too long, or no route. */
    UNSENDABLE,
    /** Beyond a bandwidth, or a traffic that is used up. */
    QUOTA;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The word in metrics. */
    @Override
    public String toString() {
        return text;
    }
}
