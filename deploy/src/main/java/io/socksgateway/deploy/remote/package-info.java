/**
 * The client's side of the admin endpoint, for the command line.
 *
 * <p>Entry point: {@link io.socksgateway.deploy.remote.AdminClient}. May import core.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.deploy.remote;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
