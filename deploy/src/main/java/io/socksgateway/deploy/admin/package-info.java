/**
 * The admin endpoint: health, metrics, API and console over HTTP.
 *
 * <p>Entry point: {@link io.socksgateway.deploy.admin.AdminVerticle}. Loaded only where one is configured; may import core, the
 * siblings, and the packages explain and metrics beside it.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.deploy.admin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
