package io.socksgateway.core.bus;

import java.net.InetSocketAddress;

/**
 * Asks whether the client's identd confirms a user.
 *
 * <p>Immutable.
 *
 * @param client the client's end of its connection
 * @param gateway our end of it
 * @param userId USERID as the client has sent it
 */
public record IdentRequest(String session, InetSocketAddress client, InetSocketAddress gateway, String userId) {}
