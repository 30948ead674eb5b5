package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files and folders through Vert.x Config. */
class ConfigLoaderIT {

    private static Vertx vertx;

    private final Path folder;

    ConfigLoaderIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Loggers are never forgotten, and a configuration may be read again for years. */
    @Test
    void readingAgainMakesNoLogger() throws Exception {
        Path file = write("gateway.json", "{}");
        assertThat(load(file)).isInstanceOf(LoadedConfig.Valid.class);
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        List<String> before = names(loggers);
        for (int i = 0; i < 5; i++) {
            assertThat(load(file)).isInstanceOf(LoadedConfig.Valid.class);
        }
        assertThat(names(loggers)).isEqualTo(before);
    }

    private static List<String> names(LoggerContext loggers) {
        return loggers.getLoggerList().stream()
                .map(Logger::getName)
                .filter(name -> name.contains("ConfigurationProvider"))
                .toList();
    }

    @Test
    void aFileIsReadWithPathsRelativeToIt() throws Exception {
        write("secret", "s3cret\n");
        write("users.json", "[]");
        Path file = write(
                "gateway.conf",
                "{'auth':{'users':[{'name':'a','password':{'file':'secret'}},{'name':'b','password':{'env':'X'}}],"
                        + "'authenticators':[{'type':'file','path':'users.json'}]}}");

        LoadedConfig.Valid loaded = (LoadedConfig.Valid) load(file);

        assertThat(loaded.config().auth().users())
                .extracting(user -> user.password().value())
                .containsExactly("s3cret", "x");
        assertThat(loaded.config()
                        .auth()
                        .authenticators(AuthenticatorConfig.UserFile.class)
                        .findFirst()
                        .orElseThrow()
                        .path())
                .isEqualTo(folder.resolve("users.json"));
        assertThat(loaded.source().getJsonObject("auth").getJsonArray("users")).hasSize(2);
    }

    @Test
    void aFolderIsMergedInNameOrder() throws Exception {
        write("20-b.json", "{'node':{'name':'late'},'listeners':[{'name':'b','port':2}],'timeouts':{'idle':'2s'}}");
        write("10-a.json", "{'node':{'name':'early'},'listeners':[{'name':'a','port':1}],'timeouts':{'auth':'1s'}}");
        write("30-c.json", "{'listeners':[{'name':'c','port':3}]}");
        write(".hidden.json", "nonsense");
        write("notes.txt", "nonsense");
        write("secret", "s3cret");

        GatewayConfig config = ((LoadedConfig.Valid) load(folder)).config();

        assertThat(config.node().name()).isEqualTo("late");
        assertThat(config.listeners()).extracting(ListenerConfig::name).containsExactly("a", "b", "c");
        assertThat(config.timeouts().auth()).isEqualTo(1_000);
        assertThat(config.timeouts().idle()).isEqualTo(2_000);
    }

    @Test
    void secretsOfAFolderAreRelativeToIt() throws Exception {
        write("secret", "s3cret");
        write("a.json", "{'auth':{'users':[{'name':'a','password':{'file':'secret'}}]}}");

        assertThat(((LoadedConfig.Valid) load(folder))
                        .config()
                        .auth()
                        .users()
                        .get(0)
                        .password()
                        .value())
                .isEqualTo("s3cret");
    }

    @Test
    void aSymbolicLinkKeepsItsOwnName() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("data"));
        Files.writeString(elsewhere.resolve("z.conf"), "{\"node\":{\"name\":\"linked\"}}");
        Files.createSymbolicLink(folder.resolve("10.json"), elsewhere.resolve("z.conf"));
        write("20.json", "{'node':{'name':'last'}}");

        assertThat(((LoadedConfig.Valid) load(folder)).config().node().name()).isEqualTo("last");
    }

    @Test
    void everyFileThatIsNoJsonIsAnErrorWithItsPlace() throws Exception {
        write("a.json", "{'node':{'name':'x','name':'y'}}");
        write("b.json", "{\n 'node': }");
        write("c.json", "[]");
        write("d.json", "{'unknown':1}");
        Files.createDirectory(folder.resolve("e.json"));

        assertThat(errors(folder))
                .containsExactly(
                        folder
                                + "/a.json: line 1, column 27: duplicate key 'name' (each key of an object can be given once)",
                        folder + "/b.json: line 2, column 10: Unexpected character ('}' (code 125)): expected a value",
                        folder + "/c.json: a list (expected: a JSON object)",
                        folder + "/e.json: cannot be read: is a directory");
    }

    @Test
    void whatIsNotThereIsAnErrorAndNoException() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path file = write("file", "{}");

        assertThat(errors(folder.resolve("nope.json")))
                .containsExactly(folder + "/nope.json: cannot be read: there is no such file");
        assertThat(errors(file.resolve("nope.json")))
                .singleElement()
                .asString()
                .contains("nope.json: cannot be read: ");
        assertThat(errors(empty))
                .containsExactly(empty + ": holds no configuration (expected: at least one file named *.json)");
    }

    @Test
    void theErrorsOfTheMergedDocumentHavePathsInIt() throws Exception {
        write("a.json", "{'listeners':[{'port':1}]}");
        write("b.json", "{'listeners':[{'port':1}]}");

        assertThat(errors(folder)).singleElement().asString().startsWith("listeners[1].port: \"127.0.0.1:1\"");
    }

    @Test
    void eachLoadReadsAnew() throws Exception {
        Path file = write("a.json", "{'node':{'name':'one'}}");
        GatewayConfig first = ((LoadedConfig.Valid) load(file)).config();
        write("a.json", "{'node':{'name':'two'}}");

        assertThat(first.node().name()).isEqualTo("one");
        assertThat(((LoadedConfig.Valid) load(file)).config().node().name()).isEqualTo("two");
    }

    private List<String> errors(Path path) throws Exception {
        return ((LoadedConfig.Invalid) load(path))
                .errors().stream().map(ConfigError::toString).toList();
    }

    private static LoadedConfig load(Path path) throws Exception {
        return new ConfigLoader(vertx, Map.of("X", "x")::get)
                .load(path)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @CanIgnoreReturnValue
    private Path write(String name, String singleQuoted) throws IOException {
        return Files.writeString(folder.resolve(name), singleQuoted.replace('\'', '"'));
    }
}
