package io.socksgateway.core.session;

/**
 * Bounds of a conversation that the owner of a method has with a client.
 *
 * <p>Immutable.
 *
 * @param octets the most that it is shown, or may say, in a round
 * @param rounds the most times that it is asked
 */
public record ExchangeLimits(int octets, int rounds) {

    public ExchangeLimits {
        if (octets < 1) {
            throw new IllegalArgumentException("octets: " + octets + " (expected: 1 or more)");
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds: " + rounds + " (expected: 1 or more)");
        }
    }
}
