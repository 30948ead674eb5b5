package io.socksgateway.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads section {@code cluster}. */
final class ClusterReader {

    private static final int DEFAULT_PORT = 5701;
    private static final Kind<Integer> NODES = new WholeNumber(1, 10_000);

    /** One value each as long as nothing else is served; others are errors rather than ignored. */
    private static final Choice<String> DISCOVERY = Choice.of("tcp");

    private static final Choice<String> ON_PARTITION = Choice.of("deny");

    private ClusterReader() {}

    static @Nullable ClusterConfig read(Section section) {
        String name = section.value("name", "socks-gateway", NameText.NAME);
        String host = section.value("host", "127.0.0.1", HostText.CONCRETE);
        int port = section.value("port", DEFAULT_PORT, WholeNumber.PORT);
        List<String> members = section.list("members", List.of(), new MemberText(port == 0 ? DEFAULT_PORT : port));
        int minimumMembers = section.value("minimumMembers", 1, NODES);
        String discovery = section.value("discovery", "tcp", DISCOVERY);
        String onPartition = section.value("onPartition", "deny", ON_PARTITION);
        boolean served = discovery.equals("tcp") && onPartition.equals("deny");
        return served ? new ClusterConfig(name, host, port, members, minimumMembers) : null;
    }
}
