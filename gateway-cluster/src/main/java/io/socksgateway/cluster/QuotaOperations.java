package io.socksgateway.cluster;

/**
 * How many messages a node has sent to count under quotas of the cluster. One to itself counts too.
 *
 * <p>Immutable.
 *
 * @param starts for sessions that wanted to begin, one counter each
 * @param ends for sessions that have ended, one for all counters that a member keeps
 * @param renewals of leases, whatever their number
 * @param traffic reservations of traffic
 * @param bandwidth leases of bandwidth
 */
public record QuotaOperations(long starts, long ends, long renewals, long traffic, long bandwidth) {}
