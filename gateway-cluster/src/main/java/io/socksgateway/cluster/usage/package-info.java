/**
 * What was used of traffic quotas, kept over restarts in a file of the node or a database of the cluster.
 *
 * <p>Entry points: {@link io.socksgateway.cluster.usage.UsageDatabase}, {@link io.socksgateway.cluster.usage.UsageKeeper}. May
 * import core. Knows nothing of Hazelcast.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.cluster.usage;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
