/**
 * Hosts, endpoints and address ranges as values; nothing here resolves a name or opens a socket.
 *
 * <p>Entry points: {@link io.socksgateway.core.address.Endpoint}, {@link io.socksgateway.core.address.Cidr}. Imports no
 * other package of the gateway.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.address;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
