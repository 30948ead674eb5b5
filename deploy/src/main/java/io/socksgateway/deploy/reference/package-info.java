/**
 * The reference of the configuration, as people read it: made from its JSON Schema.
 *
 * <p>Entry point: {@link io.socksgateway.deploy.reference.ConfigurationReference}. May import core's configuration.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.deploy.reference;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
