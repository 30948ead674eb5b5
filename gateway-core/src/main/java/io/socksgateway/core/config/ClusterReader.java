package io.socksgateway.core.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads section {@code cluster}.
 *
 * @param secret kind of the password of the database
 * @param folder what the path of a file of Hazelcast's is relative to
 */
record ClusterReader(Kind<Secret> secret, Path folder) {

    private static final int DEFAULT_PORT = 5701;
    private static final Kind<Integer> NODES = new WholeNumber(1, 10_000);
    private static final Choice<PartitionPolicy> ON_PARTITION = Choice.of(PartitionPolicy.class);

    @Nullable
    ClusterConfig read(Section section) {
        String name = section.value("name", "socks-gateway", NameText.NAME);
        String host = section.value("host", "127.0.0.1", HostText.CONCRETE);
        int port = section.value("port", DEFAULT_PORT, WholeNumber.PORT);
        int busPort = section.value("busPort", 0, WholeNumber.PORT);
        List<String> members = section.list("members", List.of(), new MemberText(port == 0 ? DEFAULT_PORT : port));
        int minimumMembers = section.value("minimumMembers", 1, NODES);
        Integer nodes = section.optional("nodes", NODES);
        Path file = section.optional("hazelcast", new PathText(folder, true));
        Discovery discovery = DiscoveryReader.read(section, file);
        PartitionPolicy onPartition = section.value("onPartition", "deny", ON_PARTITION);
        StoreConfig store = section.objectIfPresent("store", new StoreReader(secret)::read);
        if (discovery == null || !section.clean()) {
            return null;
        }
        if (nodes != null && nodes < minimumMembers) {
            section.fail("nodes", nodes + " is less than minimumMembers, " + minimumMembers, "expected: all nodes");
        }
        if (nodes == null && onPartition == PartitionPolicy.LOCAL && !(discovery instanceof Discovery.Tcp)) {
            section.fail("nodes", "is missing", "expected: how many nodes there are, of which \"local\" grants a part");
        }
        if (port == 0 && discovery instanceof Discovery.Kubernetes) {
            section.fail("port", "0 leaves the port open", "expected: the port that all pods have, such as 5701");
        }
        if (port > 0 && port == busPort) {
            section.fail("busPort", port + " is the value of port too", "expected: another one, or 0");
        }
        return new ClusterConfig(
                name,
                host,
                port,
                members,
                minimumMembers,
                onPartition,
                store,
                nodes == null ? ClusterConfig.listed(members, minimumMembers) : nodes,
                discovery,
                busPort,
                file);
    }
}
