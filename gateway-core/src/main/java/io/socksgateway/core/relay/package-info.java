/**
 * The tunnel: dialling, moving bytes both ways, ending.
 *
 * <p>Entry point: {@link io.socksgateway.core.relay.RelayVerticle}. May import everything but {@code tcp}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.relay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
