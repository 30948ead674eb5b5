/**
 * Where counts of quotas are kept: the port, and the store of a single node.
 *
 * <p>Entry point: {@link io.socksgateway.core.store.QuotaStore}. May import the pure packages.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.core.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
