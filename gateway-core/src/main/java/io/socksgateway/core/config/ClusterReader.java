package io.socksgateway.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads section {@code cluster}.
 *
 * @param secret kind of the password of the database
 */
record ClusterReader(Kind<Secret> secret) {

    private static final int DEFAULT_PORT = 5701;
    private static final Kind<Integer> NODES = new WholeNumber(1, 10_000);

    /** The only value as long as nothing else is served; others are errors rather than ignored. */
    private static final Choice<String> DISCOVERY = Choice.of("tcp");

    private static final Choice<PartitionPolicy> ON_PARTITION = Choice.of(PartitionPolicy.class);

    @Nullable
    ClusterConfig read(Section section) {
        String name = section.value("name", "socks-gateway", NameText.NAME);
        String host = section.value("host", "127.0.0.1", HostText.CONCRETE);
        int port = section.value("port", DEFAULT_PORT, WholeNumber.PORT);
        List<String> members = section.list("members", List.of(), new MemberText(port == 0 ? DEFAULT_PORT : port));
        int minimumMembers = section.value("minimumMembers", 1, NODES);
        String discovery = section.value("discovery", "tcp", DISCOVERY);
        PartitionPolicy onPartition = section.value("onPartition", "deny", ON_PARTITION);
        StoreConfig store = section.objectIfPresent("store", new StoreReader(secret)::read);
        return discovery.equals("tcp")
                ? new ClusterConfig(name, host, port, members, minimumMembers, onPartition, store)
                : null;
    }
}
