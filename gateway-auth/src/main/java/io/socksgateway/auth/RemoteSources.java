package io.socksgateway.auth;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The authenticators of a configuration that ask somebody outside. None is connected to before somebody logs in, so that the
 * gateway starts also while they are away; their libraries are not touched unless they are configured.
 *
 * <p>Confined to the event loop of its verticle, unless a method says otherwise.
 */
final class RemoteSources {

    private final Vertx vertx;
    private final HashingSettings settings;
    private final PasswordChecker checker;
    private final ClaimBounds bounds;
    private final List<RemoteSource> sources = new ArrayList<>();
    private final Map<String, Authenticator> authenticators = new HashMap<>();

    private RemoteSources(Vertx vertx, HashingSettings settings, PasswordChecker checker, ClaimBounds bounds) {
        this.vertx = vertx;
        this.settings = settings;
        this.checker = checker;
        this.bounds = bounds;
    }

    /** What is wrong with them, without connecting to any; each begins with its path in the configuration. Blocks. */
    static List<String> check(AuthConfig config) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < config.authenticators().size(); i++) {
            try {
                check(config.authenticators().get(i));
            } catch (IllegalArgumentException e) {
                problems.add("auth.authenticators[" + i + "]." + e.getMessage());
            }
        }
        return problems;
    }

    private static void check(AuthenticatorConfig config) {
        if (config instanceof LdapConfig ldap) {
            new Directory(ldap).close();
        } else if (config instanceof SqlConfig sql) {
            UserDatabase.check(sql);
        }
    }

    /**
     * Makes them. Blocks, for the time that it takes to load their libraries.
     *
     * @param bounds what a service may claim for a client
     * @throws UserSourceException if anything is wrong with any of them
     */
    static RemoteSources open(
            Vertx vertx, AuthConfig config, HashingSettings settings, PasswordChecker checker, ClaimBounds bounds) {
        List<String> problems = check(config);
        if (!problems.isEmpty()) {
            throw new UserSourceException(problems);
        }
        RemoteSources sources = new RemoteSources(vertx, settings, checker, bounds);
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
            SqlSource source =
                    new SqlSource(sql.name(), new UserDatabase(sql), workers, checker, PasswordHash.decoyOfDefault());
            add(source, sql.connections(), sql.timeout(), sql.cache());
        } else if (config instanceof HookConfig hook) {
            PluginClaims claims = new PluginClaims(bounds, hook.mayRename(), System::currentTimeMillis);
            HookSource source = new HookSource(hook.name(), new HookClient(vertx, hook), new LoginVerdicts(claims));
            add(source, hook.concurrency(), hook.timeout(), hook.cache());
        }
    }

    private void add(RemoteSource source, int concurrency, long timeout, AuthCacheConfig cache) {
        sources.add(source);
        authenticators.put(
                source.name(), new PatientAuthenticator(vertx, source, concurrency, timeout, cache, settings.clock()));
    }

    /** As many threads as there may be questions: a question in each. */
    private WorkerExecutor workers(String name, int threads) {
        return vertx.createSharedWorkerExecutor("socks-gateway-auth-" + name, threads);
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
