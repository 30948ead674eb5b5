/**
 * Limits on one node and over a cluster: the verticle that grants them, the counters in Hazelcast, and the start of a
 * node that is part of a cluster.
 *
 * <p>Entry points: {@link io.socksgateway.cluster.QuotaVerticle}, {@link io.socksgateway.cluster.HazelcastQuotaStore}, {@link
 * io.socksgateway.cluster.ClusterNode}. May import core.
 */
@NullMarked
@CheckReturnValue
package io.socksgateway.cluster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
