package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code auth.authenticators}, one record for each type.
 *
 * <p>Immutable.
 */
public sealed interface AuthenticatorConfig
        permits AuthenticatorConfig.UserFile,
                AuthenticatorConfig.Identd,
                AuthenticatorConfig.Verticle,
                SqlConfig,
                LdapConfig,
                HookConfig,
                GssapiConfig {

    /** For the log; unique. */
    String name();

    /** Whether it can tell if a password is right: whether it makes a login possible. */
    boolean checksPasswords();

    /** Milliseconds for each answer; 0 if it asks nobody else. */
    default long timeout() {
        return 0;
    }

    /**
     * Type {@code file}.
     *
     * @param path absolute; a relative one in the configuration is relative to the configuration file
     */
    record UserFile(String name, Path path) implements AuthenticatorConfig {
        @Override
        public boolean checksPasswords() {
            return true;
        }
    }

    /**
     * Type {@code identd}: for the SOCKS4 clients of listeners with that method.
     *
     * @param port of the clients' identds
     */
    record Identd(String name, int port) implements AuthenticatorConfig {
        public static final int DEFAULT_PORT = 113;

        @Override
        public boolean checksPasswords() {
            return false;
        }
    }

    /**
     * Type {@code verticle}: a plug-in.
     *
     * @param className a class, or {@code PREFIX:NAME} for a verticle factory
     * @param config for the verticle; may hold secrets
     * @param plugins folder of jars beside the configuration, which need not be there
     * @param timeout milliseconds for each answer
     * @param remember milliseconds for which a success lets the same user in again while the plug-in fails, or 0
     * @param mayRename whether it may accept a user under another name than that of the login
     * @param method the method that it speaks with clients; null if it checks passwords
     */
    record Verticle(
            String name,
            String className,
            JsonObject config,
            Path plugins,
            long timeout,
            long remember,
            int instances,
            PluginThreading threading,
            boolean mayRename,
            @Nullable PluginMethod method)
            implements AuthenticatorConfig {

        public Verticle {
            config = config.copy();
        }

        /** A copy. */
        @Override
        public JsonObject config() {
            return config.copy();
        }

        @Override
        public boolean checksPasswords() {
            return method == null;
        }

        @Override
        public String toString() {
            return name + ": " + className;
        }
    }
}
