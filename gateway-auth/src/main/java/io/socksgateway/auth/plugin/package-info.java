/**
 * What plug-ins that authenticate are written with: the contract in JSON, and verticles that speak it for those who write Java.
 *
 * <p>Entry points: {@link io.socksgateway.auth.plugin.PasswordVerticle}, {@link io.socksgateway.auth.plugin.MethodVerticle},
 * {@link io.socksgateway.auth.plugin.PluginContract}. Imports nothing of the gateway.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.auth.plugin;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
