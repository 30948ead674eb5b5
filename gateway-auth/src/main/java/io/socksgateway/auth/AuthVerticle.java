package io.socksgateway.auth;

import io.socksgateway.auth.gssapi.GssAcceptor;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.RevocationClient;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.bus.StandingRequest;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.GssapiConfig;
import io.socksgateway.core.net.OnContext;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.store.LocalFailureStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for credentials at {@link BusAddresses#AUTHENTICATE}: asks the users of the configuration, then the authenticators in
 * order. One instance a node.
 *
 * <p>It does not start if a source of users is wrong; the failure's message then names all that is, a line each.
 */
public final class AuthVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(AuthVerticle.class);
    private static final String WORKERS = "socks-gateway-auth";
    private static final long REFRESH = 1_000;

    /** None of those of Vert.x, which begin with 0. */
    private static final long NO_TIMER = -1;

    private final GatewayBus bus;
    private final AuthConfig config;
    private final long timeout;
    private final HashingSettings settings;
    private final long refresh;
    private final Plugins plugins;
    private @Nullable RemoteSources remotes;
    private final @Nullable BackoffServices backoff;
    /** In the order in which they are asked. */
    private final List<Authenticator> all = new ArrayList<>();
    /** What it reads by itself, by the name of the authenticator. */
    private final Map<String, Supplier<UserTable>> tables = new HashMap<>();

    private long timer = NO_TIMER;

    /**
     * @param timeout milliseconds that the askers wait: {@code timeouts.auth}
     */
    AuthVerticle(GatewayBus bus, AuthConfig config, long timeout) {
        this(bus, config, timeout, ClaimBounds.NOTHING, null, null);
    }

    /**
     * @param timeout milliseconds that the askers wait: {@code timeouts.auth}
     * @param bounds what plug-ins may claim at first
     * @param home folder of jars of plug-ins besides that of the configuration, or null
     * @param backoff null for what a single node needs
     */
    public AuthVerticle(
            GatewayBus bus,
            AuthConfig config,
            long timeout,
            ClaimBounds bounds,
            @Nullable Path home,
            @Nullable BackoffServices backoff) {
        this(
                bus,
                config,
                timeout,
                HashingSettings.of(timeout),
                REFRESH,
                new Plugins(config, bounds, home, Plugins.PATIENCE),
                backoff);
    }

    /**
     * @param refresh milliseconds from one look at the files to the next
     * @param backoff null for what a single node needs
     */
    AuthVerticle(
            GatewayBus bus,
            AuthConfig config,
            long timeout,
            HashingSettings settings,
            long refresh,
            @Nullable BackoffServices backoff) {
        this(
                bus,
                config,
                timeout,
                settings,
                refresh,
                new Plugins(config, ClaimBounds.NOTHING, null, Plugins.PATIENCE),
                backoff);
    }

    private AuthVerticle(
            GatewayBus bus,
            AuthConfig config,
            long timeout,
            HashingSettings settings,
            long refresh,
            Plugins plugins,
            @Nullable BackoffServices backoff) {
        this.bus = bus;
        this.config = config;
        this.timeout = timeout;
        this.settings = settings;
        this.refresh = refresh;
        this.plugins = plugins;
        this.backoff = backoff;
    }

    @Override
    public Future<?> start() {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor(WORKERS, settings.workers());
        PasswordChecker checker = new PasswordChecker(workers, settings);
        return vertx.executeBlocking(() -> Sources.read(config))
                .compose(sources -> plugins.deploy(vertx, bus)
                        .compose(deployed -> vertx.executeBlocking(
                                () -> RemoteSources.open(vertx, config, settings, checker, plugins)))
                        .compose(remote -> serve(sources, remote, checker)))
                // nobody else does: what has not started is not stopped
                .recover(cause -> stop().transform(gone -> Future.failedFuture(cause)));
    }

    @Override
    public Future<?> stop() {
        plugins.close();
        RemoteSources open = remotes;
        return open == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    open.close();
                    return null;
                });
    }

    /**
     * Takes the place of another one: ends the sessions of those whom that one knew with another password or other groups, or
     * who are not here any more. That one reads its files no more, and goes on to answer those who began with it.
     *
     * <p>To be called when nobody begins with the other any more, so that whoever it lets in later ends with the rest. Both
     * are deployed.
     */
    public void succeed(AuthVerticle other) {
        other.context.runOnContext(there -> {
            boolean unused = vertx.cancelTimer(other.timer);
            Map<String, UserTable> last = other.tablesNow();
            context.runOnContext(here -> tablesNow().forEach((name, users) -> {
                UserTable before = last.get(name);
                if (before != null) {
                    ChangedUsers.between(name, before, users).revoke(new RevocationClient(bus));
                }
            }));
        });
    }

    /**
     * Has plug-ins and services claim other things for clients from now on; they stay as they are. Logins that are remembered are
     * forgotten if some of what could be claimed for them is gone.
     */
    public Future<Void> use(ClaimBounds others) {
        return OnContext.run(context, () -> {
            ClaimBounds before = plugins.bounds();
            plugins.use(others);
            if (!others.covers(before)) {
                all.forEach(each -> each.forget(user -> true));
            }
        });
    }

    private Map<String, UserTable> tablesNow() {
        Map<String, UserTable> now = new HashMap<>();
        tables.forEach((name, users) -> now.put(name, users.get()));
        return now;
    }

    private Future<?> serve(Sources sources, RemoteSources remote, PasswordChecker checker) {
        remotes = remote;
        remote.prepare();
        sources.warnings(config).forEach(LOG::warn);
        List<FileAuthenticator> files = new ArrayList<>();
        all.add(new ConfiguredUsers(sources.configured(), checker));
        tables.put(ConfiguredUsers.NAME, sources::configured);
        for (AuthenticatorConfig each : config.authenticators()) {
            Authenticator plugin = plugins.authenticator(each.name());
            Authenticator other = plugin == null ? remote.authenticator(each.name()) : plugin;
            if (other != null) {
                all.add(other);
            } else if (each instanceof AuthenticatorConfig.UserFile file) {
                FileAuthenticator users = file(file, sources, checker);
                files.add(users);
                tables.put(file.name(), users::users);
                all.add(users);
            }
        }
        if (!files.isEmpty()) {
            timer = vertx.setPeriodic(refresh, tick -> files.forEach(this::refresh));
        }
        AuthenticatorChain others = new AuthenticatorChain(all, checker, settings.clock());
        for (GssapiConfig gssapi : config.authenticators(GssapiConfig.class).toList()) {
            all.add(kerberos(gssapi, others));
        }
        AuthenticatorChain chain = new AuthenticatorChain(all, checker, settings.clock());
        int identPort = config.authenticators(AuthenticatorConfig.Identd.class)
                .mapToInt(AuthenticatorConfig.Identd::port)
                .findFirst()
                .orElse(AuthenticatorConfig.Identd.DEFAULT_PORT);
        IdentdClient identds = new IdentdClient(vertx, identPort, timeout, sources.configured()::groupsOf);
        Backoff guard = backoff(chain, checker);
        for (Authenticator each : all) {
            if (each instanceof KerberosUsers clients) {
                bus.answer(
                        bus.own(BusAddresses.ACCEPT_CONTEXT), AddressBackoff.ofContexts(guard, clients::accept)::ask);
            }
        }
        return Future.all(
                guard.start(),
                bus.answer(bus.own(BusAddresses.AUTHENTICATE), guard::authenticate)
                        .completion(),
                bus.<StandingRequest, Standing>answer(
                                bus.own(BusAddresses.STANDING), known -> standing(known.identity(), chain))
                        .completion(),
                bus.hear(bus.own(BusAddresses.FORGET), chain::forget).completion(),
                bus.answer(bus.own(BusAddresses.EXCHANGE), AddressBackoff.ofMethods(guard, plugins::exchange)::ask)
                        .completion(),
                bus.answer(bus.own(BusAddresses.IDENTIFY), identds::identify).completion());
    }

    /** One that is not configured any more vouches for nobody; some others, as those for methods of their own, cannot tell. */
    private Future<Standing> standing(Identity known, AuthenticatorChain chain) {
        boolean configured = ConfiguredUsers.NAME.equals(known.source())
                || config.authenticators().stream().anyMatch(each -> each.name().equals(known.source()));
        return configured ? chain.standing(known) : Future.succeededFuture(Standing.GONE);
    }

    private Backoff backoff(AuthenticatorChain chain, PasswordChecker checker) {
        BackoffServices services = backoff == null
                ? new BackoffServices(ClusterBus.of(vertx, ""), new LocalFailureStore(), new LoginCounts())
                : backoff;
        return new Backoff(
                vertx,
                config.backoff(),
                services,
                chain::authenticate,
                credentials -> checker.check(credentials, PasswordHash.decoyOfDefault()),
                timeout,
                settings.clock());
    }

    private void refresh(FileAuthenticator file) {
        file.refresh(vertx).onSuccess(changes -> changes.revoke(new RevocationClient(bus)));
    }

    /** Their groups are also those that the other authenticators know. */
    private KerberosUsers kerberos(GssapiConfig gssapi, AuthenticatorChain others) {
        // of its own: tokens cost a client nothing, and are not to stand in the way of passwords
        WorkerExecutor workers = vertx.createSharedWorkerExecutor(WORKERS + "-gssapi", settings.workers());
        try {
            return new KerberosUsers(new GssAcceptor(gssapi, workers, settings.patience()), others::look);
        } catch (GSSException e) {
            throw new IllegalStateException("authenticator " + gssapi.name() + ": " + e.getMessage(), e);
        }
    }

    private FileAuthenticator file(AuthenticatorConfig.UserFile file, Sources sources, PasswordChecker checker) {
        return new FileAuthenticator(file.name(), file.path(), checker, sources.contents(file));
    }
}
