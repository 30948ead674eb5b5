/**
 * The arithmetic of limits, apart from where their counts are stored.
 *
 * <p>Entry points: {@link io.socksgateway.core.quota.QuotaRule} and {@link io.socksgateway.core.quota.SessionShares}. May
 * import {@code address}.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.quota;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
