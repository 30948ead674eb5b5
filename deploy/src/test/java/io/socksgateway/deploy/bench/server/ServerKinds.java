package io.socksgateway.deploy.bench.server;

import java.util.List;
import java.util.stream.Stream;

/** All servers that can be measured. */
public final class ServerKinds {

    private static final String CHOSEN_BY_THE_GATEWAY = "auto";

    private ServerKinds() {}

    /** The gateway, held to a way to move bytes: auto, splice, copy or netty. */
    public static ServerKind gateway(String path) {
        return path.equals(CHOSEN_BY_THE_GATEWAY)
                ? new PackagedGateway("gateway", "", "")
                : new PackagedGateway("gateway-" + path, path, "");
    }

    /** The gateway with and without quotas. */
    public static List<ServerKind> quotas() {
        return Stream.of(QuotaGateway.Counting.values())
                .<ServerKind>map(QuotaGateway::new)
                .toList();
    }

    /** What the gateway is compared with. */
    public static List<ServerKind> peers() {
        return List.of(
                new Haproxy(true), new Haproxy(false), new Microsocks(), new Dante(), new V2ray(), new ThreeProxy());
    }
}
