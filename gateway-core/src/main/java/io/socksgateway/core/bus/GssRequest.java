package io.socksgateway.core.bus;

import io.socksgateway.core.wire.GssToken;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A token of a client that wants to establish a security context.
 *
 * @param listener name of the listener that the client came in by
 * @param context what the answer to the token before has brought; null for the first one
 */
public record GssRequest(
        String session, String listener, InetAddress client, GssToken token, GssOutcome.@Nullable Context context) {}
