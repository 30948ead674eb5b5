package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socksgateway.auth.SamplePlugins.Backwards;
import io.socksgateway.auth.SamplePlugins.Deaf;
import io.socksgateway.auth.SamplePlugins.Failing;
import io.socksgateway.auth.SamplePlugins.FailsToStart;
import io.socksgateway.auth.SamplePlugins.NeedsSomething;
import io.socksgateway.auth.SamplePlugins.NeverStarts;
import io.socksgateway.auth.SamplePlugins.Newer;
import io.socksgateway.auth.SamplePlugins.NoVerticle;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.PluginThreading;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.KeepsSecret;
import io.socksgateway.testkit.SourceJar;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plug-ins from the class path and from jars, as the verticle deploys them. */
@KeepsSecret(PluginsIT.PASSWORD)
class PluginsIT {

    static final String PASSWORD = "plug-horse-4117";

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final AuthClient client = new AuthClient(bus, 30_000);
    private final List<AuthenticatorConfig> authenticators = new ArrayList<>();
    private long timeout = 20_000;

    private Path folder;

    @BeforeEach
    void prepare(@TempDir Path temporary) {
        folder = temporary;
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private void plugin(String name, String className, JsonObject config, int instances, PluginThreading threading) {
        authenticators.add(new AuthenticatorConfig.Verticle(
                name, className, config, folder, timeout, 0, instances, threading, false, null));
    }

    private void plugin(Class<?> type) {
        plugin("partner", type.getName(), new JsonObject(), 1, PluginThreading.EVENT_LOOP);
    }

    private AuthConfig config() {
        return new AuthConfig(authenticators, List.of(new AuthConfig.User("carol", new Secret("c"), Set.of())));
    }

    private Future<String> deploy(@Nullable Path home) {
        return vertx.deployVerticle(new AuthVerticle(bus, config(), 20_000, ClaimBounds.NOTHING, home, null));
    }

    private Throwable startFailure() {
        Plugins plugins = new Plugins(config(), ClaimBounds.NOTHING, null, timeout);
        Throwable failure = Await.failure(vertx.executeBlocking(() -> vertx).compose(v -> plugins.deploy(v, bus)));
        assertThat(failure).isInstanceOf(PluginException.class);
        return failure;
    }

    private AuthOutcome ask(String user, String password) {
        return Await.result(client.authenticate(
                new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, password))));
    }

    private Throwable askInVain(String user) {
        return Await.failure(client.authenticate(
                new AuthRequest("s1", "public", InetAddress.getLoopbackAddress(), UserPassword.of(user, PASSWORD))));
    }

    private static JsonObject users(String... names) {
        return new JsonObject().put("users", List.of(names));
    }

    @Test
    void asksInTheOrderOfTheConfiguration() throws IOException {
        plugin("one", Backwards.class.getName(), users("alice"), 1, PluginThreading.EVENT_LOOP);
        Path file = Files.writeString(folder.resolve("users"), "dave:d\nbob:b\n");
        authenticators.add(new AuthenticatorConfig.UserFile("file", file));
        plugin("two", "java:" + Backwards.class.getName(), users("bob", "carol"), 1, PluginThreading.EVENT_LOOP);
        Await.result(deploy(null));

        assertThat(ask("alice", "ecila")).isInstanceOfSatisfying(AuthOutcome.Accepted.class, accepted -> assertThat(
                        accepted.identity().source())
                .isEqualTo("one"));
        assertThat(ask("alice", "alice")).isEqualTo(new AuthOutcome.Rejected("not backwards"));
        assertThat(ask("bob", "b")).isEqualTo(accepted("bob", "file"));
        assertThat(ask("bob", "bob")).isEqualTo(new AuthOutcome.Rejected("wrong password"));
        assertThat(ask("carol", "c")).isEqualTo(accepted("carol", "auth.users"));
        assertThat(ask("erin", "nire")).isEqualTo(new AuthOutcome.Rejected("unknown user"));
    }

    private static AuthOutcome accepted(String user, String source) {
        return new AuthOutcome.Accepted(new Identity(user, Set.of()).from(source));
    }

    @ParameterizedTest
    @EnumSource(PluginThreading.class)
    void runsOnTheThreadsItIsToldTo(PluginThreading threading) {
        assumeTrue(
                threading != PluginThreading.VIRTUAL_THREAD || Runtime.version().feature() >= 21);
        plugin("partner", Backwards.class.getName(), users("otto"), 3, threading);
        Await.result(deploy(null));
        Set<String> threads = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            threads.addAll(
                    ((AuthOutcome.Accepted) ask("otto", "otto")).identity().groups());
        }

        switch (threading) {
            case EVENT_LOOP -> assertThat(threads).allMatch(name -> name.contains("eventloop-thread"));
            case WORKER ->
                assertThat(threads).hasSizeBetween(1, 3).allMatch(name -> name.startsWith("plugin-partner-"));
            case VIRTUAL_THREAD -> assertThat(threads).allMatch(name -> name.contains("virtual"));
        }
    }

    @Test
    void aPluginInJavaThatFailsLetsNobodyIn() {
        plugin(Failing.class);
        Await.result(deploy(null));

        assertThat(askInVain("throws")).hasMessage("authenticator partner: it fails, with code 1");
        assertThat(askInVain("fails")).hasMessage("authenticator partner: it fails, with code 1");
        assertThat(askInVain("null")).hasMessage("authenticator partner: it fails, with code 1");
    }

    @Test
    void neitherDoesOneThatSaysNothing() {
        timeout = 500;
        plugin(Failing.class);
        Await.result(deploy(null));

        assertThat(askInVain("never")).hasMessage("authenticator partner: no answer in 500 ms");
    }

    @Test
    void saysWhatKeepsAPluginFromStarting() {
        plugin(FailsToStart.class);
        assertThat(startFailure())
                .hasMessage(
                        "auth.authenticators[0]: it cannot be deployed: config: url is missing (its start has failed)");
        authenticators.clear();
        plugin(Deaf.class);
        assertThat(startFailure())
                .hasMessage("auth.authenticators[0]: it never answers: nobody listens at gateway.auth.v1.plugin.partner"
                        + " (expected: a consumer at the address in its configuration, gateway.address)");
        authenticators.clear();
        plugin(Newer.class);
        assertThat(startFailure())
                .hasMessage("auth.authenticators[0]: it speaks another version of the contract (expected: 1)");
        authenticators.clear();
        timeout = 300;
        plugin(NeverStarts.class);
        assertThat(startFailure())
                .hasMessage("auth.authenticators[0]: it has not started in 300 ms"
                        + " (expected: start() to complete its future)");
    }

    @Test
    void theVerticleDoesNotStartWithoutItsPlugins() {
        plugin(FailsToStart.class);

        assertThat(Await.failure(deploy(null))).isInstanceOf(PluginException.class);
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void theCheckFindsWhatIsWrongWithClassesAndStartsNothing() throws IOException {
        plugin(NoVerticle.class);
        plugin(NeedsSomething.class);
        plugin(VerticleBase.class);
        plugin(NeverStarts.class);
        plugin("gone", "com.example.Gone", new JsonObject(), 1, PluginThreading.EVENT_LOOP);
        plugin("script", "js:partner.js", new JsonObject(), 1, PluginThreading.EVENT_LOOP);
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.write(home.resolve("empty.jar"), new byte[0]);
        String looked = "expected: in a jar in " + folder + ", which has 0 or " + home + ", which has 1";

        assertThat(AuthCheck.of(config(), home).errors())
                .containsExactly(
                        "auth.authenticators[0].class: " + NoVerticle.class.getName()
                                + " is no verticle (expected: a class that extends VerticleBase)",
                        "auth.authenticators[1].class: " + NeedsSomething.class.getName()
                                + " cannot be made (expected: a public class with a public constructor without parameters)",
                        "auth.authenticators[2].class: io.vertx.core.VerticleBase"
                                + " cannot be made (expected: a public class with a public constructor without parameters)",
                        "auth.authenticators[4].class: there is no class com.example.Gone (" + looked + ")",
                        "auth.authenticators[5].class: there is no verticle factory for js: ("
                                + looked.replace("in a jar", "one in a jar") + ")");
    }

    @Test
    void findsClassesInJarsAndEachFolderHasItsOwn() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path other = Files.createDirectory(folder.resolve("other"));
        SourceJar.write(folder.resolve("here.jar"), SourceJar.ownClassPath(), List.of(greeter("Both", "here")));
        SourceJar.write(
                home.resolve("home.jar"),
                SourceJar.ownClassPath(),
                List.of(greeter("Both", "home"), greeter("Home", "home"), missing("Lonely")));
        plugin("both", "com.example.Both", new JsonObject(), 1, PluginThreading.EVENT_LOOP);
        plugin("home", "com.example.Home", new JsonObject(), 1, PluginThreading.EVENT_LOOP);
        authenticators.add(new AuthenticatorConfig.Verticle(
                "other",
                "com.example.Both",
                new JsonObject(),
                other,
                20_000,
                0,
                1,
                PluginThreading.WORKER,
                false,
                null));
        assertThat(AuthCheck.of(config(), home).errors()).isEmpty();
        Await.result(deploy(home));

        assertThat(ask("here", "x")).isEqualTo(accepted("here", "both"));
        assertThat(ask("home", "x")).isEqualTo(accepted("home", "home"));
        assertThat(ask("nobody", "x")).isEqualTo(new AuthOutcome.Rejected("unknown user"));
    }

    @Test
    void saysWhichClassAJarLacks() throws IOException {
        SourceJar.write(
                folder.resolve("a.jar"),
                SourceJar.ownClassPath(),
                List.of(
                        "package com.example;\npublic class Parent extends io.vertx.core.VerticleBase {}\n",
                        missing("Child")));
        removeFrom(folder.resolve("a.jar"), "com/example/Parent.class");
        plugin("lonely", "com.example.Child", new JsonObject(), 1, PluginThreading.EVENT_LOOP);

        assertThat(AuthCheck.of(config(), null).errors())
                .containsExactly("auth.authenticators[0].class: com.example.Child cannot be loaded"
                        + " (not found or broken: com/example/Parent)");
    }

    private static void removeFrom(Path jar, String entry) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.delete(files.getPath(entry));
        }
    }

    private static String missing(String name) {
        return "package com.example;\npublic class " + name + " extends "
                + (name.equals("Child") ? "Parent" : "io.vertx.core.VerticleBase") + " {}\n";
    }

    /** A verticle against raw JSON, which knows one user. */
    private static String greeter(String name, String user) {
        return """
                package com.example;
                import io.vertx.core.Future;
                import io.vertx.core.VerticleBase;
                import io.vertx.core.json.JsonObject;
                public class %s extends VerticleBase {
                    @Override
                    public Future<?> start() {
                        return vertx.eventBus().<JsonObject>consumer(
                                config().getJsonObject("gateway").getString("address"),
                                asked -> asked.reply(new JsonObject().put("result",
                                        "%s".equals(asked.body().getString("user")) ? "accepted" : "unknown"))).completion();
                    }
                }
                """.formatted(name, user);
    }

    @Test
    void anotherLanguageNeedsAVerticleFactoryInAJar() throws IOException {
        SourceJar.write(folder.resolve("language.jar"), SourceJar.ownClassPath(), List.of("""
                package com.example;
                import io.vertx.core.Deployable;
                import io.vertx.core.Future;
                import io.vertx.core.Promise;
                import io.vertx.core.json.JsonObject;
                import io.vertx.core.spi.VerticleFactory;
                import java.util.concurrent.Callable;
                public class OneUser implements VerticleFactory {
                    @Override
                    public String prefix() {
                        return "one";
                    }
                    @Override
                    public void createVerticle2(String name, ClassLoader loader, Promise<Callable<? extends Deployable>> made) {
                        String user = VerticleFactory.removePrefix(name);
                        made.complete(() -> context -> context.owner().eventBus().<JsonObject>localConsumer(
                                context.config().getJsonObject("gateway").getString("address"),
                                asked -> asked.reply(new JsonObject().put("result",
                                        user.equals(asked.body().getString("user")) ? "accepted" : "rejected"))).completion());
                    }
                }
                """));
        try (FileSystem files = FileSystems.newFileSystem(folder.resolve("language.jar"))) {
            Files.createDirectories(files.getPath("META-INF/services"));
            Files.writeString(
                    files.getPath("META-INF/services/io.vertx.core.spi.VerticleFactory"), "com.example.OneUser\n");
        }
        plugin("one", "one:zoe", new JsonObject(), 2, PluginThreading.EVENT_LOOP);
        assertThat(AuthCheck.of(config(), null).errors()).isEmpty();
        Await.result(deploy(null));

        assertThat(ask("zoe", "x")).isEqualTo(accepted("zoe", "one"));
        assertThat(ask("yan", "x")).isEqualTo(new AuthOutcome.Rejected("wrong password"));
    }
}
