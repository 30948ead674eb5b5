/**
 * Who may reach what: access rules and the guard of internal addresses, as pure decisions.
 *
 * <p>Entry point: {@link io.socksgateway.core.rules.RuleSet}. May import {@code address} and {@code wire}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.rules;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
