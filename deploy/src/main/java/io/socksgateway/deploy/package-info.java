/**
 * The composition root: the command line, and the gateway put together from its verticles.
 *
 * <p>Entry point: {@link io.socksgateway.deploy.Main}. May import everything.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.deploy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
