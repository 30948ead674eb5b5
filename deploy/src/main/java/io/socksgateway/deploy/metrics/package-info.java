/**
 * What the gateway counts and times, for Prometheus.
 *
 * <p>Entry point: {@link io.socksgateway.deploy.metrics.Monitoring}. Loaded only where there is an admin endpoint; may import
 * core, udp and libraries.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.deploy.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
