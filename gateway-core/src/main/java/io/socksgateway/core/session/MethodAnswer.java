package io.socksgateway.core.session;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a method says of the octets that it was shown: {@link Step.Exchange}.
 *
 * <p>Immutable, as long as nobody changes the octets.
 */
public sealed interface MethodAnswer {

    /**
     * It needs more.
     *
     * @param consumed how many of the octets are used up; the others are shown again
     * @param send for the client, before more is read
     * @param need how many octets there must be before it is asked again, those shown again included. 0: if it has consumed
     *     any, one; otherwise one more than it was shown
     * @param state what it wants to be told in the next round
     */
    record Continue(
            int consumed,
            ByteBuffer send,
            int need,
            @Nullable String state) implements MethodAnswer {}

    /**
     * The client is who it says. What was not consumed is the request, or its beginning.
     *
     * @param send for the client, before the reply to its request
     */
    record Accepted(Identity identity, int consumed, ByteBuffer send) implements MethodAnswer {}

    /**
     * It is not.
     *
     * @param send for the client, before the end
     * @param reason for the log, never for the client
     */
    record Rejected(ByteBuffer send, String reason) implements MethodAnswer {}
}
