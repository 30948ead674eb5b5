package io.socksgateway.core.relay.tunnel;

/**
 * How tunnels move octets. Each begins in Netty's pipelines, which costs a short connection the least; one that goes on
 * leaves them for {@link EpollPath}, which copies through one buffer for all, and splices a direction that proves to be
 * bulk.
 *
 * <p>Immutable.
 *
 * @param nettyReads reads after which a tunnel leaves the pipelines; {@link Integer#MAX_VALUE}: it never does
 * @param copied octets that a direction moves in large reads, one behind the other, before it is spliced; {@link
 *     Long#MAX_VALUE}: it never is
 * @param pipes the most pipes of an event loop; directions without one copy
 */
public record DataPath(int nettyReads, long copied, int pipes) {

    private static final int MOST_PIPES = 256;

    /** The way that needs nothing of the system. */
    public static final DataPath NETTY = new DataPath(Integer.MAX_VALUE, Long.MAX_VALUE, 0);

    /** What a system without splice can do on epoll. */
    public static final DataPath COPY = new DataPath(32, Long.MAX_VALUE, 0);

    /** The cheapest way for plain TCP on Linux. */
    public static final DataPath SPLICE = new DataPath(32, 256 << 10, MOST_PIPES);

    /** Overrides the choice: {@code netty}, {@code copy} or {@code splice}; anything else is {@code auto}. */
    public static final String PROPERTY = "io.socksgateway.relay.path";

    /**
     * The cheapest way that works on this system, or that {@link #PROPERTY} asks for.
     *
     * @param epoll whether the event loops are on epoll
     */
    public static DataPath choose(boolean epoll) {
        String wanted = System.getProperty(PROPERTY, "auto");
        if (!epoll || wanted.equals("netty")) {
            return NETTY;
        }
        return !wanted.equals("copy") && Splice.works() ? SPLICE : COPY;
    }

    /** The same with no more pipes than this. */
    public DataPath withPipes(int most) {
        return new DataPath(nettyReads, copied, Math.min(pipes, most));
    }

    /** For the log. */
    @Override
    public String toString() {
        if (nettyReads == Integer.MAX_VALUE) {
            return "Netty pipelines";
        }
        return copied == Long.MAX_VALUE ? "copying on epoll" : "splicing on epoll";
    }
}
