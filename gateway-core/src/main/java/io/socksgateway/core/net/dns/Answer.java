package io.socksgateway.core.net.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * What is learnt from one question for the addresses of one family.
 *
 * <p>Immutable.
 */
sealed interface Answer {

    /**
     * Addresses, in the server's order.
     *
     * @param addresses at least one
     * @param ttl seconds, the least of all records that led to them
     */
    record Found(List<InetAddress> addresses, long ttl) implements Answer {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * The name stands for another one, whose addresses are not in the answer.
     *
     * @param ttl seconds, the least of the aliases up to there
     */
    record Alias(String name, long ttl) implements Answer {}

    /** There is no such name, or it has no address of the family. */
    record Missing() implements Answer {}

    /** No server said anything of use. */
    record Failed(String why) implements Answer {}
}
