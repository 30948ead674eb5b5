package io.socksgateway.auth;

import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.RevocationClient;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.bus.StandingRequest;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.session.Revocation;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private final GatewayBus bus;
    private final AuthConfig config;
    private final long timeout;
    private final HashingSettings settings;
    private final long refresh;
    private final Plugins plugins;
    private @Nullable RemoteSources remotes;

    /**
     * @param timeout milliseconds that the askers wait: {@code timeouts.auth}
     */
    public AuthVerticle(GatewayBus bus, AuthConfig config, long timeout) {
        this(bus, config, timeout, ClaimBounds.NOTHING, null);
    }

    /**
     * @param timeout milliseconds that the askers wait: {@code timeouts.auth}
     * @param bounds what plug-ins may claim
     * @param home folder of jars of plug-ins besides that of the configuration, or null
     */
    public AuthVerticle(GatewayBus bus, AuthConfig config, long timeout, ClaimBounds bounds, @Nullable Path home) {
        this(
                bus,
                config,
                timeout,
                HashingSettings.of(timeout),
                REFRESH,
                new Plugins(config, bounds, home, Plugins.PATIENCE));
    }

    /**
     * @param refresh milliseconds from one look at the files to the next
     */
    AuthVerticle(GatewayBus bus, AuthConfig config, long timeout, HashingSettings settings, long refresh) {
        this(bus, config, timeout, settings, refresh, new Plugins(config, ClaimBounds.NOTHING, null, Plugins.PATIENCE));
    }

    private AuthVerticle(
            GatewayBus bus, AuthConfig config, long timeout, HashingSettings settings, long refresh, Plugins plugins) {
        this.bus = bus;
        this.config = config;
        this.timeout = timeout;
        this.settings = settings;
        this.refresh = refresh;
        this.plugins = plugins;
    }

    @Override
    public Future<?> start() {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor(WORKERS, settings.workers());
        PasswordChecker checker = new PasswordChecker(workers, settings);
        return vertx.executeBlocking(() -> Sources.read(config)).compose(sources -> plugins.deploy(vertx, bus)
                .compose(deployed -> vertx.executeBlocking(() -> RemoteSources.open(vertx, config, settings, checker)))
                .compose(remote -> serve(sources, remote, checker)));
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

    private Future<?> serve(Sources sources, RemoteSources remote, PasswordChecker checker) {
        remotes = remote;
        sources.warnings(config).forEach(LOG::warn);
        List<FileAuthenticator> files = new ArrayList<>();
        List<Authenticator> all = new ArrayList<>();
        all.add(new ConfiguredUsers(sources.configured(), checker));
        for (AuthenticatorConfig each : config.authenticators()) {
            Authenticator plugin = plugins.authenticator(each.name());
            Authenticator other = plugin == null ? remote.authenticator(each.name()) : plugin;
            if (other != null) {
                all.add(other);
            } else if (each instanceof AuthenticatorConfig.UserFile file) {
                FileAuthenticator users = file(file, sources, checker);
                files.add(users);
                all.add(users);
            }
        }
        if (!files.isEmpty()) {
            long unused = vertx.setPeriodic(refresh, tick -> files.forEach(this::refresh));
        }
        AuthenticatorChain chain = new AuthenticatorChain(all, checker, settings.clock());
        int identPort = config.authenticators(AuthenticatorConfig.Identd.class)
                .mapToInt(AuthenticatorConfig.Identd::port)
                .findFirst()
                .orElse(AuthenticatorConfig.Identd.DEFAULT_PORT);
        IdentdClient identds = new IdentdClient(vertx, identPort, timeout, sources.configured()::groupsOf);
        return Future.all(
                bus.answer(BusAddresses.AUTHENTICATE, chain::authenticate).completion(),
                bus.<StandingRequest, Standing>answer(BusAddresses.STANDING, known -> chain.standing(known.identity()))
                        .completion(),
                bus.hear(BusAddresses.FORGET, chain::forget).completion(),
                bus.answer(BusAddresses.IDENTIFY, identds::identify).completion());
    }

    private void refresh(FileAuthenticator file) {
        file.refresh(vertx).onSuccess(lost -> {
            if (!lost.isEmpty()) {
                new RevocationClient(bus).revoke(new Revocation(file.name(), lost));
            }
        });
    }

    private FileAuthenticator file(AuthenticatorConfig.UserFile file, Sources sources, PasswordChecker checker) {
        return new FileAuthenticator(file.name(), file.path(), checker, sources.contents(file));
    }
}
