package io.socksgateway.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the nodes of a cluster find each other: keys {@code discovery} and what belongs to it. */
public sealed interface Discovery {

    /** By {@code cluster.members}. */
    record Tcp() implements Discovery {}

    /**
     * Pods, by what Kubernetes knows of them. Exactly one of the first three is given.
     *
     * @param dns name of a headless service, looked up in the DNS
     * @param service name of a service, whose endpoints the API server tells
     * @param labels {@code name=value} with commas between several: pods that have all of them, from the API server
     * @param namespace where the API server looks; null for that of this pod
     */
    record Kubernetes(
            @Nullable String dns,
            @Nullable String service,
            @Nullable String labels,
            @Nullable String namespace) implements Discovery {}

    /**
     * Whoever answers in the network of {@code cluster.host}.
     *
     * @param group an IPv4 address for multicast
     * @param port of UDP, 1 to 65535
     */
    record Multicast(String group, int port) implements Discovery {}

    /** By what the {@code join} section of Hazelcast's own file says: {@link ClusterConfig#hazelcast}. */
    record OfFile(Path file) implements Discovery {}
}
