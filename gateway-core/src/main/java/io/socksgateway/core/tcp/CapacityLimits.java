package io.socksgateway.core.tcp;

import java.util.Optional;

/**
 * How much a node takes on at most, so that it never runs out of descriptors:
 *
 * <pre>
 * | the process | pipes: 2 each | sessions: CONNECT 2, BIND 3, UDP 4 each | clients that negotiate: 1 each |
 * </pre>
 *
 * The process itself has jars, logs, event loops, cluster members, a second attempt to connect now and then, and lookups of
 * names, which get half of its part at most.
 *
 * <p>Immutable.
 *
 * @param wanted sessions as configured
 * @param available descriptors of the process; {@link Long#MAX_VALUE} if nobody knows
 * @param sessions the most sessions at one time
 * @param descriptors the most descriptors of all sessions together
 * @param negotiating the most clients that are accepted and have no session yet
 * @param pipes the most pipes of all tunnels together
 */
public record CapacityLimits(int wanted, long available, int sessions, int descriptors, int negotiating, int pipes) {

    /** Of a tunnel: one of each side. */
    static final int FEWEST_A_SESSION = 2;

    /** Of a UDP association: the connection, the relay socket, and one for the targets of each family. */
    static final int MOST_A_SESSION = 4;

    private static final int PROCESS = 256;
    private static final int PROCESS_SHARE = 32;
    private static final int NEGOTIATING_SHARE = 8;
    private static final int NEGOTIATING = 1_024;
    private static final int PIPES_SHARE = 32;
    private static final int PIPES = 65_536;
    private static final int LOOKUPS = 1_024;

    /** Of a lookup: a question for each family. */
    private static final int MOST_A_LOOKUP = 2;

    /**
     * The limits that follow from the configuration and the descriptors.
     *
     * @param wanted {@code node.maxSessions}, 1 to 1,000,000
     * @param available how many descriptors the process may open; 0 or less if nobody knows
     */
    public static CapacityLimits of(int wanted, long available) {
        long known = available > 0 ? available : Long.MAX_VALUE;
        long clients = known - process(known);
        int pipes = (int) Math.min(clients / PIPES_SHARE, PIPES);
        long mostForSessions = clients - clients / NEGOTIATING_SHARE - 2L * pipes;
        int descriptors = (int) Math.max(FEWEST_A_SESSION, Math.min(mostForSessions, (long) wanted * MOST_A_SESSION));
        int sessions = Math.min(wanted, descriptors / FEWEST_A_SESSION);
        int negotiating =
                (int) Math.max(1, Math.min(clients - 2L * pipes - descriptors, Math.max(sessions, NEGOTIATING)));
        return new CapacityLimits(wanted, known, sessions, descriptors, negotiating, pipes);
    }

    /** The descriptors that are left to the process itself. */
    private static long process(long known) {
        return Math.min(PROCESS + known / PROCESS_SHARE, known / 2);
    }

    /** The most names that are looked up at a time. */
    public int lookups() {
        return (int) Math.max(1, Math.min(process(available) / 2 / MOST_A_LOOKUP, LOOKUPS));
    }

    /** What the log says at the start if there are too few descriptors for the sessions that are wanted. */
    public Optional<String> advice() {
        return sessions == wanted
                ? Optional.empty()
                : Optional.of(("node.maxSessions is %d, but %d descriptors allow no more than %d sessions:"
                                + " raise their limit to %d (ulimit -Hn; LimitNOFILE= of systemd; --ulimit nofile= of a"
                                + " container), or lower node.maxSessions")
                        .formatted(wanted, available, sessions, descriptorsFor(wanted)));
    }

    /** The descriptors that so many tunnels need: {@link #of} backwards, rounded up. */
    private static long descriptorsFor(int sessions) {
        long clients = (long) sessions * FEWEST_A_SESSION * 16 / 13 + 1; // without an eighth and a sixteenth
        return (clients + PROCESS) * PROCESS_SHARE / (PROCESS_SHARE - 1) + 1;
    }
}
