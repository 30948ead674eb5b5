package io.socksgateway.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.auth.AuthCheck;
import io.socksgateway.core.config.ConfigReader;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.testkit.TestCa;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each piece of JSON in the documents is valid as it stands, and nothing is to be said about it. */
class DocumentedJsonTest {

    private static final String HASH =
            "{argon2id}$argon2id$v=19$m=19456,t=2,p=1$+xWd5uL01Ns2mtlJlZHHHA$IdYQBafac/LTmM0X+esVlQ7rjGiPBJIxdeFlnwCySV0";

    /** What others try with a realm and a class path of their own. */
    private static final List<String> TRIED_ELSEWHERE = List.of("\"gssapi\"", "\"com.example.PartnerAuth\"");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void files() throws IOException {
        TestCa ca = TestCa.create();
        TestCa.write(folder, "gateway", ca.issue());
        Files.writeString(folder.resolve("clients-ca.crt"), ca.pem());
        Files.writeString(folder.resolve("ca.pem"), ca.pem());
        Files.writeString(folder.resolve("socks.keytab"), "");
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("database"), "s3cret");
        Files.writeString(secrets.resolve("users.json"), "{\"users\": []}");
    }

    static List<Documents.Block> blocks() throws IOException {
        List<Documents.Block> blocks = new ArrayList<>();
        for (Path document : Documents.all()) {
            blocks.addAll(Documents.blocks(document, "json"));
        }
        assertThat(blocks).hasSizeGreaterThan(10);
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void isRight(Documents.Block block) throws IOException {
        String text = block.text().replace("{argon2id}PASTE-YOURS", HASH);

        LoadedConfig loaded = new ConfigReader(folder, name -> "the-" + name).read(configuration(text));

        assertThat(loaded).as(text).isInstanceOf(LoadedConfig.Valid.class);
        LoadedConfig.Valid valid = (LoadedConfig.Valid) loaded;
        assertThat(valid.warnings()).as(text).isEmpty();
        if (TRIED_ELSEWHERE.stream().noneMatch(text::contains)) {
            AuthCheck users = AuthCheck.of(valid.config().auth(), null);
            assertThat(users.errors()).isEmpty();
            assertThat(users.warnings()).isEmpty();
        }
    }

    /** The whole configuration that a piece of one stands for. */
    private static JsonObject configuration(String text) throws IOException {
        if (text.startsWith("\"")) {
            return new JsonObject("{" + text + "}").put("auth", somebody());
        }
        if (text.startsWith("[")) {
            return new JsonObject();
        }
        JsonObject object = new JsonObject(text);
        if (object.containsKey("type")) {
            return withAuthenticator(object);
        }
        if (object.containsKey("key")) {
            return new JsonObject().put("quotas", JsonArray.of(object));
        }
        if (object.containsKey("users")) {
            Path file = Files.writeString(Files.createTempFile(folder, "users", ".json"), text);
            return withAuthenticator(new JsonObject()
                    .put("type", "file")
                    .put("path", file.getFileName().toString()));
        }
        return object;
    }

    /** For pieces that leave out who may log in. */
    private static JsonObject somebody() {
        return new JsonObject("""
                {"users": [{"name": "alice", "password": "%s", "groups": ["staff", "dba"]}]}""".formatted(HASH));
    }

    private static JsonObject withAuthenticator(JsonObject authenticator) {
        return new JsonObject().put("auth", new JsonObject().put("authenticators", JsonArray.of(authenticator)));
    }
}
