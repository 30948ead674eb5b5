/**
 * The configuration: one record a section, and the strict reader that makes them from JSON.
 *
 * <p>Entry points: {@link io.socksgateway.core.config.ConfigLoader}, {@link io.socksgateway.core.config.GatewayConfig}. May
 * import {@code address}, {@code wire}, {@code rules}, {@code quota}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.config;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
