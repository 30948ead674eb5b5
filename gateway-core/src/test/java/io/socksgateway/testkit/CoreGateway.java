package io.socksgateway.testkit;

import io.netty.channel.epoll.EpollServerSocketChannel;
import io.socksgateway.core.address.AddressFamily;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.GssRequest;
import io.socksgateway.core.bus.IdentOutcome;
import io.socksgateway.core.bus.IdentRequest;
import io.socksgateway.core.bus.QuotaClient;
import io.socksgateway.core.bus.QuotaOutcome;
import io.socksgateway.core.bus.QuotaRelease;
import io.socksgateway.core.bus.QuotaRequest;
import io.socksgateway.core.bus.RelayClient;
import io.socksgateway.core.config.ListenerConfig;
import io.socksgateway.core.config.PluginMethod;
import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.config.TlsConfig;
import io.socksgateway.core.net.EgressAddresses;
import io.socksgateway.core.net.NameLookup;
import io.socksgateway.core.relay.BindAddresses;
import io.socksgateway.core.relay.RelayServices;
import io.socksgateway.core.relay.RelayVerticle;
import io.socksgateway.core.relay.tunnel.DataPath;
import io.socksgateway.core.rules.CurrentRules;
import io.socksgateway.core.rules.Rule;
import io.socksgateway.core.rules.RuleSet;
import io.socksgateway.core.session.GssTerms;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LiveSession;
import io.socksgateway.core.session.LiveSessions;
import io.socksgateway.core.session.MethodAnswer;
import io.socksgateway.core.session.SessionEvents;
import io.socksgateway.core.session.SessionIds;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.tcp.Capacity;
import io.socksgateway.core.tcp.CapacityLimits;
import io.socksgateway.core.tcp.HandshakeServices;
import io.socksgateway.core.tcp.Listening;
import io.socksgateway.core.tcp.OwnListeners;
import io.socksgateway.core.tcp.ServerTls;
import io.socksgateway.core.tcp.TcpHandshakeVerticle;
import io.socksgateway.core.tcp.TlsFilesVerticle;
import io.socksgateway.core.wire.GssToken;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.core.wire.SocksVersion;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The handshake and relay verticles on a Vert.x of their own, with a test's answers in the place of authenticators and
 * quotas. Internal addresses are allowed unless the test sets rules.
 */
public final class CoreGateway implements AutoCloseable {

    private static final int LOOPS = 2;
    private static final long LOOK_AT_FILES = 20;

    private final Vertx vertx;
    /** Deployment of the relay verticles. */
    private final String relays;

    private final OwnListeners listeners;
    private final CurrentRules rules;
    private final LiveSessions live;
    private final BlockingQueue<SessionRecord> log;
    private final BlockingQueue<String> releases;
    private final boolean wrapping;

    private CoreGateway(
            Vertx vertx,
            String relays,
            OwnListeners listeners,
            CurrentRules rules,
            LiveSessions live,
            BlockingQueue<SessionRecord> log,
            BlockingQueue<String> releases,
            boolean wrapping) {
        this.vertx = vertx;
        this.relays = relays;
        this.listeners = listeners;
        this.rules = rules;
        this.live = live;
        this.log = log;
        this.releases = releases;
        this.wrapping = wrapping;
    }

    /** What a test may set; the rest has defaults. */
    public static final class Setup {
        private List<Rule> rules = List.of(TestNetwork.ALL);
        private List<String> auth = List.of("none");
        private List<PluginMethod> methods = List.of();
        private Set<SocksVersion> protocols = EnumSet.allOf(SocksVersion.class);
        private TimeoutsConfig timeouts = TimeoutsConfig.DEFAULT;
        private final TestAnswers answered = new TestAnswers();
        private boolean wrapping;
        private boolean countsSessions;
        private SessionEvents events = SessionEvents.NONE;
        private NameLookup names;
        private int sendBuffers;
        private String host = "127.0.0.1";
        private boolean proxyProtocol;
        private TlsConfig tls;
        private boolean epoll = true;
        private DataPath path = DataPath.SPLICE;
        private final List<ModuleVerticle> extensions = new ArrayList<>();
        private AddressFamily family = AddressFamily.ANY;
        private List<InetSocketAddress> nameServers = List.of();
        private EgressAddresses egress = EgressAddresses.ANY;
        private CapacityLimits capacity = CapacityLimits.of(1_000_000, 0);

        public Setup rules(Rule... list) {
            rules = List.of(list);
            return this;
        }

        public Setup auth(String... methods) {
            auth = List.of(methods);
            return this;
        }

        /** Puts a method of a plug-in before those of the listener. */
        public Setup method(PluginMethod method, Function<ExchangeRequest, Future<MethodAnswer>> owner) {
            auth = Stream.concat(Stream.of(method.name()), auth.stream()).toList();
            methods = List.of(method);
            answered.exchange = owner;
            return this;
        }

        public Setup protocols(SocksVersion... versions) {
            protocols = Set.of(versions);
            return this;
        }

        public Setup timeouts(TimeoutsConfig limits) {
            timeouts = limits;
            return this;
        }

        public Setup authenticator(Function<AuthRequest, Future<AuthOutcome>> answers) {
            answered.authenticator = answers;
            return this;
        }

        public Setup identd(Function<IdentRequest, Future<IdentOutcome>> answers) {
            answered.identd = answers;
            return this;
        }

        public Setup gss(Function<GssRequest, Future<GssOutcome>> answers) {
            answered.gss = answers;
            return auth("gssapi");
        }

        /** Its clients wrap their messages, for which anyone is let in. */
        public Setup wrapping() {
            GssTerms terms = new GssTerms(List.of(Protection.values()), false);
            wrapping = true;
            return gss(request -> Future.succeededFuture(new GssOutcome.Established(
                    GssToken.of(new byte[0]), new Identity("toy", Set.of()), ToyContext.acceptor(), terms)));
        }

        public Setup quotas(Function<QuotaRequest, Future<QuotaOutcome>> answers) {
            answered.quotas = answers;
            countsSessions = true;
            return this;
        }

        /** Who hears what sessions do. */
        public Setup events(SessionEvents listener) {
            events = listener;
            return this;
        }

        public Setup names(NameLookup lookup) {
            names = lookup;
            return this;
        }

        /** Looks names up as the gateway itself does, without a cache, instead of with Vert.x. */
        public Setup dns(AddressFamily inUse, InetSocketAddress... servers) {
            family = inUse;
            nameServers = List.of(servers);
            return this;
        }

        public Setup egress(EgressAddresses addresses) {
            egress = addresses;
            return this;
        }

        /** How much it takes on. */
        public Setup capacity(CapacityLimits limits) {
            capacity = limits;
            return this;
        }

        /** Gives both sockets of each tunnel a small buffer to send from, so that a reader that stalls is soon felt. */
        public Setup sendBuffers(int octets) {
            sendBuffers = octets;
            return this;
        }

        /** Where the listener is. */
        public Setup host(String address) {
            host = address;
            return this;
        }

        public Setup tls(TlsConfig listener) {
            tls = listener;
            return this;
        }

        /** Every connection begins with a PROXY header. */
        public Setup proxyProtocol() {
            proxyProtocol = true;
            return this;
        }

        /** Runs on Java's own transport. */
        public Setup withoutEpoll() {
            epoll = false;
            return this;
        }

        public Setup path(DataPath way) {
            path = way;
            return this;
        }

        /** Adds a verticle of another module, one instance for each loop. */
        public Setup with(ModuleVerticle extension) {
            extensions.add(extension);
            return this;
        }

        public CoreGateway start() {
            return CoreGateway.start(this);
        }
    }

    /** Puts other rules in force. */
    public void replaceRules(Rule... list) {
        rules.replace(new RuleSet(List.of(list), listeners));
    }

    public static Setup setup() {
        return new Setup();
    }

    private static CoreGateway start(Setup setup) {
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setPreferNativeTransport(setup.epoll).setEventLoopPoolSize(LOOPS));
        GatewayBus bus = GatewayBus.install(vertx);
        OwnListeners listeners = new OwnListeners();
        BlockingQueue<SessionRecord> log = new LinkedBlockingQueue<>();
        BlockingQueue<String> releases = new LinkedBlockingQueue<>();
        CurrentRules rules = new CurrentRules(new RuleSet(setup.rules, listeners));
        QuotaClient quotas = new QuotaClient(bus, setup.timeouts.auth());
        setup.answered.serve(bus);
        bus.<QuotaRelease>hear(BusAddresses.RELEASE, release -> releases.add(release.session()));
        NameLookup names =
                setup.names == null ? TestNetwork.names(vertx, setup.family, setup.nameServers) : setup.names;
        LiveSessions live = new LiveSessions(setup.events);
        RelayServices relay = new RelayServices(
                rules,
                quotas,
                log::add,
                setup.timeouts,
                names,
                TestNetwork.connector(vertx, setup.epoll, setup.egress, setup.sendBuffers),
                new BindAddresses(List.of(), null, EpollServerSocketChannel::new),
                setup.path,
                live);
        ListenerConfig listener = new ListenerConfig(
                "test", setup.host, 0, setup.protocols, setup.auth, setup.methods, setup.tls, setup.proxyProtocol);
        Map<String, ServerTls> tls = TestNetwork.tls(listener);
        HandshakeServices handshake = new HandshakeServices(
                new AuthClient(bus, setup.timeouts.auth()),
                quotas,
                setup.countsSessions,
                new RelayClient(bus),
                rules,
                listeners,
                tls,
                new SessionIds(),
                log::add,
                setup.events,
                setup.timeouts);
        DeploymentOptions perLoop = new DeploymentOptions().setInstances(LOOPS);
        String relays = await(vertx.deployVerticle(() -> new RelayVerticle(bus, relay), perLoop));
        for (ModuleVerticle extension : setup.extensions) {
            await(vertx.deployVerticle(() -> extension.verticle(bus, relay), perLoop));
        }
        Listening listening = new Listening(List.of(listener), handshake, new Capacity(setup.capacity));
        await(vertx.deployVerticle(() -> new TcpHandshakeVerticle(listening), perLoop));
        await(vertx.deployVerticle(new TlsFilesVerticle(tls, LOOK_AT_FILES)));
        return new CoreGateway(vertx, relays, listeners, rules, live, log, releases, setup.wrapping);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not done in 30 s", e);
        }
    }

    public Vertx vertx() {
        return vertx;
    }

    public InetSocketAddress address() {
        return listeners.bound().get("test");
    }

    public SocksClient client() throws java.io.IOException {
        return wrapping ? SocksClient.wrapped(address()) : SocksClient.connect(address());
    }

    /** Takes the relay verticles away, and leaves the handshakes. */
    public void undeployRelays() {
        await(vertx.undeploy(relays));
    }

    /** The sessions that are open. */
    public LiveSessions live() {
        return live;
    }

    /** The only session that is open, once there is one; fails after 30 seconds. */
    public LiveSession onlySession() throws Exception {
        Eventually.isTrue("one session", () -> live.size() == 1);
        return live.all().iterator().next();
    }

    /** Whether no grant was given back that was not taken yet. */
    public boolean hasReleased() {
        return !releases.isEmpty();
    }

    /** The sessions that have ended and were not taken yet. */
    public BlockingQueue<SessionRecord> records() {
        return log;
    }

    /** The next session that has ended; fails after 30 seconds. */
    public SessionRecord nextRecord() throws InterruptedException {
        return Eventually.next(log, "session ended");
    }

    /** The next session whose grant was given back; fails after 30 seconds. */
    public String nextRelease() throws InterruptedException {
        return Eventually.next(releases, "grant given back");
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
