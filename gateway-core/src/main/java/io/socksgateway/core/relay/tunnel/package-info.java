/**
 * Moving octets between the two sockets of a tunnel, and its one ending.
 *
 * <p>Entry point: {@link io.socksgateway.core.relay.tunnel.Tunnels}, one for each event loop. May import {@code net} and
 * {@code session}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.relay.tunnel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
