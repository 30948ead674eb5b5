package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.PluginThreading;
import io.socksgateway.core.config.SqlConfig;
import io.socksgateway.testkit.SourceJar;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers and factories in jars some of which are broken, each in a way of its own. */
class BrokenJarsTest {

    private static final String DRIVERS = "java.sql.Driver";
    private static final String FACTORIES = "io.vertx.core.spi.VerticleFactory";

    /** Of the major version in a class file, of which there are 4 octets of magic and 2 of the minor version before it. */
    private static final int MAJOR = 7;

    private Path folder;

    @BeforeEach
    void prepare(@TempDir Path temporary) {
        folder = temporary;
    }

    private List<String> errors(AuthenticatorConfig authenticator) {
        return AuthCheck.of(new AuthConfig(List.of(authenticator), List.of()), null)
                .errors();
    }

    private SqlConfig database(String url) {
        return new SqlConfig(
                "customers", url, null, null, SqlConfig.DEFAULT_QUERY, null, 1, 2_000, AuthCacheConfig.NONE, folder);
    }

    private AuthenticatorConfig script() {
        return new AuthenticatorConfig.Verticle(
                "script", "one:user", new JsonObject(), folder, 500, 0, 1, PluginThreading.EVENT_LOOP, false, null);
    }

    @Test
    void aDriverThatIsBrokenKeepsNobodyFromAnother() throws IOException {
        jar("a-newer.jar", DRIVERS, "Newer", driver("Newer", "newer", ""));
        makeNewer("a-newer.jar", "Newer");
        jar("b-lacks.jar", DRIVERS, "Lacking", "package com.example;\npublic class Other {}\n");
        jar("c-throws.jar", DRIVERS, "Throwing", driver("Throwing", "throwing", "throw new LinkageError(\"no\");"));
        jar("d-good.jar", DRIVERS, "Good", driver("Good", "good", ""));

        assertThat(errors(database("jdbc:good:x"))).isEmpty();
        assertThat(errors(database("jdbc:newer:x")))
                .containsExactly("auth.authenticators[0].url: there is no driver for it (expected: its jar in " + folder
                        + ", which has 4; passed over: com.example.Newer of a-newer.jar (compiled for a newer Java than "
                        + Runtime.version().feature() + "), com.example.Lacking of b-lacks.jar"
                        + " (java.lang.ClassNotFoundException: com.example.Lacking), com.example.Throwing of c-throws.jar"
                        + " (java.lang.LinkageError: no))");
    }

    @Test
    void aFactoryThatIsBrokenKeepsNobodyFromAnother() throws IOException {
        jar("a.jar", FACTORIES, "Lacking", "package com.example;\npublic class Other {}\n");
        jar("b.jar", FACTORIES, "NoFactory", "package com.example;\npublic class NoFactory {}\n");
        assertThat(errors(script()))
                .containsExactly(
                        "auth.authenticators[0].class: there is no verticle factory for one: (expected: one in a"
                                + " jar in " + folder + ", which has 2; passed over: com.example.Lacking of a.jar"
                                + " (java.lang.ClassNotFoundException: com.example.Lacking), com.example.NoFactory of b.jar"
                                + " (java.lang.ClassCastException: Cannot cast com.example.NoFactory to " + FACTORIES
                                + "))");

        jar("c.jar", FACTORIES, "Fine", factory());
        assertThat(errors(script())).isEmpty();
    }

    private void jar(String name, String service, String offered, String source) throws IOException {
        SourceJar.write(folder.resolve(name), SourceJar.ownClassPath(), List.of(source));
        try (FileSystem files = FileSystems.newFileSystem(folder.resolve(name))) {
            Files.createDirectories(files.getPath("META-INF/services"));
            Files.writeString(
                    files.getPath("META-INF/services", service),
                    "# as some have it\n\n com.example." + offered + " # this one\n");
        }
    }

    private void makeNewer(String jar, String className) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(folder.resolve(jar))) {
            Path file = files.getPath("com/example", className + ".class");
            byte[] octets = Files.readAllBytes(file);
            octets[MAJOR] = 127;
            Files.write(file, octets);
        }
    }

    private static String driver(String name, String scheme, String made) {
        return """
                package com.example;
                import java.sql.*;
                public class %s implements Driver {
                    public %s() { %s }
                    @Override public boolean acceptsURL(String url) { return url.startsWith("jdbc:%s:"); }
                    @Override public Connection connect(String url, java.util.Properties settings) { return null; }
                    @Override public int getMajorVersion() { return 1; }
                    @Override public int getMinorVersion() { return 0; }
                    @Override public DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties settings) {
                        return new DriverPropertyInfo[0];
                    }
                    @Override public boolean jdbcCompliant() { return false; }
                    @Override public java.util.logging.Logger getParentLogger() { return null; }
                }
                """.formatted(name, name, made, scheme);
    }

    private static String factory() {
        return """
                package com.example;
                import io.vertx.core.Deployable;
                import io.vertx.core.Promise;
                import java.util.concurrent.Callable;
                public class Fine implements io.vertx.core.spi.VerticleFactory {
                    @Override public String prefix() { return "one"; }
                    @Override public void createVerticle2(
                            String name, ClassLoader loader, Promise<Callable<? extends Deployable>> made) {
                        made.fail("not needed");
                    }
                }
                """;
    }
}
