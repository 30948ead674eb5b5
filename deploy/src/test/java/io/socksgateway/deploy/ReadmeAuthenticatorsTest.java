package io.socksgateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.auth.AuthCheck;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.ConfigReader;
import io.socksgateway.core.config.GatewayConfig;
import io.socksgateway.core.config.LoadedConfig;
import io.socksgateway.testkit.TestCa;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of authenticators in the README are valid as they stand. */
class ReadmeAuthenticatorsTest {

    private static final Pattern EXAMPLE = Pattern.compile("```json\\n(\\{ \"type\": .*?)```", Pattern.DOTALL);

    @Test
    void eachExampleIsRight(@TempDir Path folder) throws IOException {
        List<JsonObject> examples = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> new JsonObject(block.substring(block.indexOf('{'), block.lastIndexOf('}') + 1)))
                .toList();
        Files.writeString(folder.resolve("ca.pem"), TestCa.create().pem());
        Files.writeString(Files.createDirectories(folder.resolve("secrets")).resolve("database"), "s3cret");
        JsonObject document =
                new JsonObject().put("auth", new JsonObject().put("authenticators", new JsonArray(examples)));

        LoadedConfig loaded = new ConfigReader(folder, name -> "the " + name).read(document);

        assertThat(loaded).isInstanceOf(LoadedConfig.Valid.class);
        assertThat(((LoadedConfig.Valid) loaded).warnings()).isEmpty();
        GatewayConfig config = ((LoadedConfig.Valid) loaded).config();
        assertThat(AuthCheck.of(config.auth(), null).errors()).isEmpty();
        assertThat(config.auth().authenticators())
                .extracting(AuthenticatorConfig::name)
                .contains("customers", "directory", "accounts");
    }
}
