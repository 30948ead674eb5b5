package io.socksgateway.core.config;

/**
 * Section {@code timeouts}, all in milliseconds.
 *
 * <p>Immutable.
 *
 * @param handshake from accept to the whole request, {@code auth} not counted
 * @param auth for the answer of the authenticators
 * @param connect for the name and the connection to the target together
 * @param idle without a byte in either direction
 * @param halfClosed without a byte once one direction has ended
 * @param bind for the peer of a BIND
 * @param drain for the sessions that are open when the gateway is told to stop
 */
public record TimeoutsConfig(
        long handshake, long auth, long connect, long idle, long halfClosed, long bind, long drain) {

    public static final TimeoutsConfig DEFAULT =
            new TimeoutsConfig(10_000, 5_000, 10_000, 300_000, 30_000, 60_000, 60_000);
}
