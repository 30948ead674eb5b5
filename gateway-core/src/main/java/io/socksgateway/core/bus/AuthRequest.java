package io.socksgateway.core.bus;

import io.socksgateway.core.wire.UserPassword;
import java.net.InetAddress;

/**
 * Credentials to be checked. The asker wipes the password when it has the answer.
 *
 * @param listener name of the listener that the client came in by
 */
public record AuthRequest(String session, String listener, InetAddress client, UserPassword credentials) {}
