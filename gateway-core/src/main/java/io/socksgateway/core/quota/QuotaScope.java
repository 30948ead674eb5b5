package io.socksgateway.core.quota;

/** Where a quota is counted. */
public enum QuotaScope {
    /** Over all nodes together. */
    CLUSTER,
    /** On each node apart. */
    NODE
}
