package io.socksgateway.core.bus;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a client for the owner of a method. The asker wipes them when it has the answer.
 *
 * @param listener name of the listener that the client came in by
 * @param method its octet in greetings
 * @param round how many times the owner was asked before in this session
 * @param state what its last answer wants it to be told
 */
public record ExchangeRequest(
        String session,
        String listener,
        InetAddress client,
        int method,
        int round,
        ByteBuffer octets,
        @Nullable String state) {}
