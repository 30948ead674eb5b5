package io.socksgateway.deploy.bench.server;

import java.util.List;

/** All servers that can be measured. */
public final class ServerKinds {

    private ServerKinds() {}

    /** The gateway as it is, and held to the path without splicing. */
    public static List<ServerKind> all() {
        return List.of(
                new PackagedGateway("gateway", "", ""),
                new PackagedGateway("gateway-netty", "netty", ""),
                new Haproxy(true),
                new Haproxy(false),
                new Microsocks(),
                new Dante(),
                new V2ray(),
                new ThreeProxy());
    }
}
