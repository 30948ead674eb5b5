package io.socksgateway.auth;

import io.socksgateway.auth.jars.Offers;
import io.socksgateway.auth.ldap.Directory;
import io.socksgateway.auth.sql.UserDatabase;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.HookConfig;
import io.socksgateway.core.config.LdapConfig;
import io.socksgateway.core.config.SqlConfig;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.UncheckedIOException;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authenticators of a configuration that ask somebody outside. The start does not wait for them, so that the gateway
 * starts also while they are away; their libraries are not touched unless they are configured.
 *
 * <p>Confined to the event loop of its verticle, unless a method says otherwise.
 */
final class RemoteSources {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteSources.class);

    private static final int ATTEMPTS = 3;

    /** Milliseconds. */
    private static final long PAUSE = 500;

    private final Vertx vertx;
    private final HashingSettings settings;
    private final PasswordChecker checker;
    private final Plugins plugins;
    private final List<RemoteSource<?>> sources = new ArrayList<>();
    private final Map<String, Authenticator> authenticators = new HashMap<>();

    private RemoteSources(Vertx vertx, HashingSettings settings, PasswordChecker checker, Plugins plugins) {
        this.vertx = vertx;
        this.settings = settings;
        this.checker = checker;
        this.plugins = plugins;
    }

    /**
     * What is wrong with them, without connecting to any; each begins with its path in the configuration. Blocks.
     *
     * @param jars where drivers may be
     */
    static List<String> check(AuthConfig config, JarFolders jars) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < config.authenticators().size(); i++) {
            try {
                check(config.authenticators().get(i), jars);
            } catch (IllegalArgumentException e) {
                problems.add("auth.authenticators[" + i + "]." + e.getMessage());
            }
        }
        return problems;
    }

    private static void check(AuthenticatorConfig config, JarFolders jars) {
        if (config instanceof LdapConfig ldap) {
            new Directory(ldap).close();
        } else if (config instanceof SqlConfig sql) {
            Driver unused = driver(sql, jars);
        }
    }

    private static Driver driver(SqlConfig config, JarFolders jars) {
        try {
            Offers<Driver> offered = new Offers<>(Driver.class, jars.loaders(config.plugins()));
            return UserDatabase.driver(config.url(), offered)
                    .orElseThrow(
                            () -> new IllegalArgumentException("url: there is no driver for it (expected: its jar in "
                                    + jars.describe(config.plugins()) + offered.passedOver() + ")"));
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException("url: " + e.getMessage() + " (expected: a folder of jars)", e);
        }
    }

    /**
     * Makes them. Blocks, for the time that it takes to load their libraries.
     *
     * @param plugins with the jars beside the gateway, and what may be claimed for a client
     * @throws UserSourceException if anything is wrong with any of them
     */
    static RemoteSources open(
            Vertx vertx, AuthConfig config, HashingSettings settings, PasswordChecker checker, Plugins plugins) {
        List<String> problems = check(config, plugins.jars());
        if (!problems.isEmpty()) {
            throw new UserSourceException(problems);
        }
        RemoteSources sources = new RemoteSources(vertx, settings, checker, plugins);
        config.authenticators().forEach(sources::add);
        return sources;
    }

    private void add(AuthenticatorConfig config) {
        if (config instanceof LdapConfig ldap) {
            WorkerExecutor workers = workers(ldap.name(), ldap.connections());
            LdapSource source = new LdapSource(ldap.name(), new Directory(ldap), workers);
            add(source, ldap.connections(), ldap.timeout(), ldap.cache());
        } else if (config instanceof SqlConfig sql) {
            WorkerExecutor workers = workers(sql.name(), sql.connections());
            SqlSource source = new SqlSource(
                    sql.name(),
                    new UserDatabase(sql, driver(sql, plugins.jars())),
                    workers,
                    checker,
                    PasswordHash.decoyOfDefault());
            add(source, sql.connections(), sql.timeout(), sql.cache());
        } else if (config instanceof HookConfig hook) {
            PluginClaims claims = new PluginClaims(plugins::bounds, hook.mayRename(), System::currentTimeMillis);
            HookSource source = new HookSource(hook.name(), new HookClient(vertx, hook), new LoginVerdicts(claims));
            add(source, hook.concurrency(), hook.timeout(), hook.cache());
        }
    }

    private void add(RemoteSource<?> source, int concurrency, long timeout, AuthCacheConfig cache) {
        sources.add(source);
        authenticators.put(
                source.name(),
                new PatientAuthenticator<>(vertx, source, concurrency, timeout, cache, settings.clock()));
    }

    /** As many threads as there may be questions: a question in each. */
    private WorkerExecutor workers(String name, int threads) {
        return vertx.createSharedWorkerExecutor("socks-gateway-auth-" + name, threads);
    }

    /** Gets ready for logins, and tells the log of those who cannot; nobody waits for it. */
    void prepare() {
        sources.forEach(source -> prepare(source, ATTEMPTS));
    }

    /** The first attempt has to load libraries too, and on a busy machine takes longer than a login may. */
    private void prepare(RemoteSource<?> source, int attempts) {
        source.prepare().onFailure(failure -> {
            if (attempts > 1) {
                long unused = vertx.setTimer(PAUSE, again -> prepare(source, attempts - 1));
                return;
            }
            String why = failure instanceof AuthException
                    ? String.valueOf(failure.getMessage())
                    : failure.getClass().getName();
            LOG.warn("authenticator {} is not there yet, and would let nobody in: {}", source.name(), why);
        });
    }

    /** The one of a name, or null if that is none of these. */
    @Nullable
    Authenticator authenticator(String name) {
        return authenticators.get(name);
    }

    /** Lets go of all connections. Blocks. */
    void close() {
        sources.forEach(RemoteSource::close);
    }
}
