package io.socksgateway.core.bus;

/** The addresses of the event bus: {@code gateway.<area>.v<version>.<verb>}. */
public final class BusAddresses {

    /** {@link AuthRequest} → {@link AuthOutcome}; this node only, as it carries credentials. */
    public static final String AUTHENTICATE = "gateway.auth.v1.authenticate";

    /** {@link IdentRequest} → {@link IdentOutcome}; this node only. */
    public static final String IDENTIFY = "gateway.auth.v1.identify";

    /** {@link QuotaRequest} → {@link QuotaOutcome}; this node only. */
    public static final String ACQUIRE = "gateway.quota.v1.acquire";

    /** {@link QuotaRelease}, no reply; this node only. */
    public static final String RELEASE = "gateway.quota.v1.release";

    private static final String OPEN = "gateway.relay.v1.open.";

    private static final String ASSOCIATE = "gateway.udp.v1.open.";

    private BusAddresses() {}

    /** {@link OpenSession} for UDP ASSOCIATE → acknowledgement, on one event loop; this node only. */
    public static String associate(String loop) {
        return ASSOCIATE + loop;
    }

    /** {@link OpenSession} → acknowledgement, on the relay of one event loop; this node only, as it carries a socket. */
    public static String open(String loop) {
        return OPEN + loop;
    }
}
