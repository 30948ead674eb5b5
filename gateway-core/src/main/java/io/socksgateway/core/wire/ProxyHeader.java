package io.socksgateway.core.wire;

import java.net.InetSocketAddress;

/**
 * Whose connection a balancer passes on, as its PROXY header tells.
 *
 * <p>Immutable.
 *
 * @param client the client's end of its connection to the balancer
 * @param reached the balancer's end of it
 */
public record ProxyHeader(InetSocketAddress client, InetSocketAddress reached) {}
