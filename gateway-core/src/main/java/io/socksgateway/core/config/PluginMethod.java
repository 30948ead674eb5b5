package io.socksgateway.core.config;

import java.util.List;

/**
 * A method of authentication that a plug-in speaks with clients.
 *
 * <p>Immutable.
 *
 * @param code its octet in greetings, {@link #FIRST} to {@link #LAST}
 * @param name what listeners call it
 * @param maxOctets the most that the plug-in is shown, or may say, in a round
 * @param maxRounds the most rounds before it must have decided
 */
public record PluginMethod(int code, String name, int maxOctets, int maxRounds) {

    /** 0x00 to 0x02 are those of RFC 1928; 0x03 to 0x7F are IANA's to give away, 0x80 to 0xFE are for private use. */
    public static final int FIRST = 0x03;

    /** 0xFF is no method but the answer that there is none in common. */
    public static final int LAST = 0xFE;

    /** The names of the methods that need no plug-in. */
    static final List<String> BUILT_IN =
            List.of(ListenerConfig.NONE, ListenerConfig.USERPASS, ListenerConfig.GSSAPI, ListenerConfig.IDENTD);
}
