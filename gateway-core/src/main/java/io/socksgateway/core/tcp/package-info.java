/**
 * Accepting clients and negotiating with them.
 *
 * <p>Entry point: {@link io.socksgateway.core.tcp.TcpHandshakeVerticle}. May import everything but the inside of {@code
 * relay}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.tcp;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
