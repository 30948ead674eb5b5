package io.socksgateway.core.quota;

import java.util.UUID;

/**
 * Octets that a node sets aside for a subject before it moves them.
 *
 * <pre>
 * granted to the node, ever:  |------ spent ------|---- held ----|
 *                                  moved                may still be moved
 * </pre>
 *
 * <p>Everything is told as totals, never as differences, and each ask has a number. So one that is executed twice changes
 * nothing, one that is overtaken is ignored, and one whose answer got lost is set right by the next.
 */
public final class Reservation {

    private Reservation() {}

    /**
     * What a node says of itself and wants.
     *
     * @param node who asks; another one after each start of the process
     * @param number higher than that of all asks of this node before
     * @param fresh the node does not know its total: it has just begun to ask, or begins again after it has told all that it
     *     had moved. So what was granted beyond that has never reached it
     * @param spent octets of the total that were moved
     * @param held octets that it knows to hold on top of that: what else it was granted has never reached it, or was granted
     *     by those who were not to grant anything
     * @param wanted octets that it would like to hold; less than it holds to give back the others, which nobody may move
     *     any more
     */
    public record Ask(UUID node, long number, boolean fresh, long spent, long held, long wanted) {}

    /**
     * The answer.
     *
     * @param spent the node's total so far; as it was told, unless the ask was a fresh one
     * @param held octets that it may move on top of that
     */
    public record Answer(long spent, long held, Left left) {}

    /** What there is beside what the node holds. */
    public enum Left {
        /** There may be more, if not now then soon. */
        SOME,
        /** Nothing, but other nodes hold what they have not moved yet, and may give it back. */
        ELSEWHERE,
        /** Nothing, until the next period. */
        NOTHING,
        /** The ask is about a period that is over for the others; the answer says nothing else. */
        OVER
    }
}
