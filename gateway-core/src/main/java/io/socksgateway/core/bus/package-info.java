/**
 * What the verticles say to each other: addresses, messages, codecs and a typed client for each area.
 *
 * <p>Entry point: {@link io.socksgateway.core.bus.GatewayBus}. May import the pure packages.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.bus;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
