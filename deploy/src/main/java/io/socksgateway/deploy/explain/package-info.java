/**
 * Says what would become of a request: by which rule, to which addresses, under which quotas.
 *
 * <p>Entry point: {@link io.socksgateway.deploy.explain.Explainer}, for the command line and the API. May import core.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.deploy.explain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
