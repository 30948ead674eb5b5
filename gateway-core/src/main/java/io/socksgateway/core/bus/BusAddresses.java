package io.socksgateway.core.bus;

/** The addresses of the event bus: {@code gateway.<area>.v<version>.<verb>}. */
public final class BusAddresses {

    /** {@link AuthRequest} → {@link AuthOutcome}; this node only, as it carries credentials. */
    public static final String AUTHENTICATE = "gateway.auth.v1.authenticate";

    /** {@link GssRequest} → {@link GssOutcome}; this node only, as it carries what one can log in with. */
    public static final String ACCEPT_CONTEXT = "gateway.auth.v1.accept";

    /** {@link IdentRequest} → {@link IdentOutcome}; this node only. */
    public static final String IDENTIFY = "gateway.auth.v1.identify";

    /** {@link QuotaRequest} → {@link QuotaOutcome}; this node only. */
    public static final String ACQUIRE = "gateway.quota.v1.acquire";

    /** {@link QuotaRelease}, no reply; this node only. */
    public static final String RELEASE = "gateway.quota.v1.release";

    /** A page of the sessions of each node; the whole cluster. */
    public static final String LIST_SESSIONS = "gateway.session.v1.list";

    /** Ends sessions on each node; the whole cluster. */
    public static final String KILL_SESSIONS = "gateway.session.v1.kill";

    /** Ends the sessions of users who may not be here any more, on each node; the whole cluster. */
    public static final String REVOKE = "gateway.session.v1.revoke";

    /** {@link io.socksgateway.core.session.Revocation}, no reply: this node is to carry it out on all; this node only. */
    public static final String REVOKED = "gateway.session.v1.revoked";

    /** {@link io.socksgateway.core.session.Revocation}, no reply: this node is to carry it out for itself; this node only. */
    public static final String REVOKED_HERE = "gateway.session.v1.revoked-here";

    /** Any text → "" once all users with open sessions on this node have been asked about; this node only. */
    public static final String RECHECK = "gateway.session.v1.recheck";

    /** {@link StandingRequest} → {@link Standing}; this node only. */
    public static final String STANDING = "gateway.auth.v1.standing";

    /** {@link io.socksgateway.core.session.Revocation}, no reply: authenticators forget what they remember; this node only. */
    public static final String FORGET = "gateway.auth.v1.forget";

    /** How much of quotas is used; the whole cluster. */
    public static final String QUOTA_USE = "gateway.quota.v1.use";

    /** Forgets traffic; the whole cluster. */
    public static final String QUOTA_FORGIVE = "gateway.quota.v1.forgive";

    /** Nothing → {@link NodeStatus}; each node answers for itself, so its id is appended. */
    public static final String NODE_STATUS = "gateway.node.v1.status";

    /** The bans that each node knows of; the whole cluster. */
    public static final String BANS = "gateway.auth.v1.bans";

    /** Lifts bans; the whole cluster. */
    public static final String LIFT = "gateway.auth.v1.lift";

    /** Tells all nodes whose logins fail, and who is banned; the whole cluster, no reply. */
    public static final String FAILED_LOGIN = "gateway.auth.v1.failed";

    /** {@link ExchangeRequest} → {@link io.socksgateway.core.session.MethodAnswer}; this node only, as it carries credentials. */
    public static final String EXCHANGE = "gateway.auth.v1.exchange";

    private static final String PLUGIN = "gateway.auth.v1.plugin.";

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

    /** JSON → JSON, to a plug-in that authenticates; this node only, as it carries credentials. */
    public static String plugin(String name) {
        return PLUGIN + name;
    }
}
