package io.socksgateway.auth;

import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.PluginClient;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.PluginMethod;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.session.MethodAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins of a configuration, from their jars to those who ask them.
 *
 * <p>Confined to the event loop of its verticle.
 */
final class Plugins {

    /** For a plug-in to start: it may have to reach something first. */
    static final long PATIENCE = 30_000;

    private final AuthConfig config;
    private ClaimBounds bounds;
    private final long patience;
    private final JarFolders jars;
    private final PluginClasses classes;
    private final Map<String, Authenticator> authenticators = new HashMap<>();
    private final Map<Integer, PluginExchanger> methods = new HashMap<>();

    /**
     * @param home folder of jars besides that of the configuration, or null
     * @param patience milliseconds that each may take to start
     */
    Plugins(AuthConfig config, ClaimBounds bounds, @Nullable Path home, long patience) {
        this.config = config;
        this.bounds = bounds;
        this.patience = patience;
        this.jars = new JarFolders(home);
        this.classes = new PluginClasses(jars);
    }

    /** The jars beside the gateway, for others too. */
    JarFolders jars() {
        return jars;
    }

    /** What may be claimed for a client now, by others too. */
    ClaimBounds bounds() {
        return bounds;
    }

    /** Has other things be claimed from now on. */
    void use(ClaimBounds others) {
        bounds = others;
    }

    /** What is wrong with the classes of plug-ins, without making an instance of any. Blocks. */
    static List<String> check(AuthConfig config, @Nullable Path home) {
        List<String> problems = new ArrayList<>();
        try (JarFolders jars = new JarFolders(home)) {
            PluginClasses classes = new PluginClasses(jars);
            for (int i = 0; i < config.authenticators().size(); i++) {
                if (config.authenticators().get(i) instanceof AuthenticatorConfig.Verticle plugin) {
                    try {
                        classes.check(plugin, path(i));
                    } catch (PluginException e) {
                        problems.add(e.getMessage());
                    }
                }
            }
        }
        return problems;
    }

    private static String path(int index) {
        return "auth.authenticators[" + index + "]";
    }

    /**
     * Deploys all of them, one after the other.
     *
     * @return fails with a {@link PluginException}
     */
    Future<Void> deploy(Vertx vertx, GatewayBus bus) {
        PluginDeployer deployer = new PluginDeployer(vertx, bus, classes, patience);
        Future<Void> all = Future.succeededFuture();
        for (int i = 0; i < config.authenticators().size(); i++) {
            if (config.authenticators().get(i) instanceof AuthenticatorConfig.Verticle plugin) {
                String path = path(i);
                all = all.compose(done -> deployer.deploy(plugin, path))
                        .onSuccess(client -> deployed(plugin, client))
                        .mapEmpty();
            }
        }
        return all;
    }

    private void deployed(AuthenticatorConfig.Verticle plugin, PluginClient client) {
        SparseLog log = new SparseLog(LoggerFactory.getLogger(Plugins.class), System::nanoTime);
        PluginClaims claims = new PluginClaims(this::bounds, plugin.mayRename(), System::currentTimeMillis);
        PluginMethod method = plugin.method();
        if (method == null) {
            LastSuccesses successes = plugin.remember() == 0
                    ? null
                    : new LastSuccesses(TimeUnit.MILLISECONDS.toNanos(plugin.remember()), System::nanoTime);
            authenticators.put(plugin.name(), new PluginAuthenticator(plugin.name(), client, claims, successes, log));
        } else {
            methods.put(method.code(), new PluginExchanger(plugin.name(), method, client, claims, log));
        }
    }

    /** Has the owner of a method answer. */
    Future<MethodAnswer> exchange(ExchangeRequest request) {
        PluginExchanger owner = methods.get(request.method());
        return owner == null
                ? Future.failedFuture(new AuthException("method " + request.method() + " has no owner"))
                : owner.exchange(request);
    }

    /** The one that checks passwords by a name of the configuration, or null. */
    @Nullable
    Authenticator authenticator(String name) {
        return authenticators.get(name);
    }

    /** To be called once they are undeployed. */
    void close() {
        jars.close();
    }
}
