/**
 * What is found in jars beside the gateway.
 *
 * <p>Imports nothing of the gateway; used by the authenticators, and by the packages beside this one.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.auth.jars;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
