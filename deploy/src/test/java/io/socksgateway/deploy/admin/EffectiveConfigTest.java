package io.socksgateway.deploy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.ConfigSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {

    private static final EffectiveConfig EFFECTIVE = new EffectiveConfig();

    private static JsonObject shown(String document) {
        return EFFECTIVE.of(new JsonObject(document.replace('\'', '"')));
    }

    @Test
    void defaultsAreFilledIn() {
        JsonObject shown = shown("{'timeouts': {'idle': '1h'}, 'listeners': [{'port': 1}]}");

        assertThat(shown.getJsonObject("timeouts").getString("idle")).isEqualTo("1h");
        assertThat(shown.getJsonObject("timeouts").getString("connect")).isEqualTo("10s");
        assertThat(shown.getJsonObject("dns").getJsonObject("cache").getInteger("maxEntries"))
                .isEqualTo(10_000);
        assertThat(shown.getJsonArray("listeners").getJsonObject(0).getString("host"))
                .isEqualTo("127.0.0.1");
        assertThat(shown.containsKey("cluster"))
                .as("a section that is not there by default")
                .isFalse();
    }

    @Test
    void secretsAreHiddenAndWhereTheyComeFromIsNot() {
        JsonObject shown = shown("""
                {'auth': {'users': [{'name': 'a', 'password': 's3cret'}, {'name': 'b', 'password': {'env': 'B_PASSWORD'}}]},
                 'admin': {'token': {'file': 'token'}}}""");

        JsonArray users = shown.getJsonObject("auth").getJsonArray("users");
        assertThat(users.getJsonObject(0).getString("password")).isEqualTo("***");
        assertThat(users.getJsonObject(1).getJsonObject("password").getString("env"))
                .isEqualTo("B_PASSWORD");
        assertThat(shown.getJsonObject("admin").getJsonObject("token").getString("file"))
                .isEqualTo("token");
        assertThat(shown.encode()).doesNotContain("s3cret");
    }

    /** What a plug-in's configuration means only the plug-in knows. */
    @Test
    void whatTheSchemaLeavesOpenIsHidden() {
        JsonObject shown = shown("""
                {'auth': {'authenticators': [{'type': 'verticle', 'class': 'x.Y',
                   'config': {'url': 'https://u:s3cret@h', 'deep': {'list': ['s3cret', 7]}}}]}}""");

        JsonObject plugin =
                shown.getJsonObject("auth").getJsonArray("authenticators").getJsonObject(0);
        assertThat(plugin.getString("class")).isEqualTo("x.Y");
        assertThat(plugin.getJsonObject("config").encode())
                .isEqualTo("{\"url\":\"***\",\"deep\":{\"list\":[\"***\",\"***\"]}}");
    }

    @Test
    void passwordsInUrlsAreHidden() {
        JsonObject shown = shown("""
                {'auth': {'authenticators': [
                   {'type': 'sql', 'url': 'jdbc:postgresql://u:s3cret@db/x?ssl=true&password=s3cret&user=u', 'userQuery': 'q'},
                   {'type': 'sql', 'url': 'jdbc:sqlserver://db;user=u;Password=s3cret;encrypt=true', 'userQuery': 'q'}]}}""");

        assertThat(shown.encode()).doesNotContain("s3cret").contains("ssl=true", "encrypt=true", "@db/x", "user=u");
    }

    /** A key to a service is in its URL as often as in a header. */
    @Test
    void whatParametersOfUrlsHoldIsHidden() {
        JsonObject shown = shown("""
                {'cluster': {'store': {'url': 'jdbc:postgresql://db/x?sslmode=verify-full&sslpassword=s3cret'}},
                 'auth': {'authenticators': [{'type': 'http', 'url': 'https://login.example.com/check?v=s3cret&code=s3cret'}]}}""");

        assertThat(shown.encode())
                .doesNotContain("s3cret")
                .contains("?sslmode=verify-full&sslpassword=***", "https://login.example.com/check?v=***&code=***");
    }

    /** A key that takes a secret in another way than others would be shown. */
    @Test
    void everyKeyThatSoundsSecretIsOne() {
        StringBuilder wrong = new StringBuilder();
        inspect("", new JsonObject(ConfigSchema.text()), wrong);
        assertThat(wrong.toString()).isEmpty();
    }

    private static void inspect(String path, JsonObject schema, StringBuilder wrong) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String key : properties.fieldNames()) {
            boolean sounds = key.matches("(?i).*(password|secret|token|credential).*");
            JsonObject property = properties.getJsonObject(key);
            if (sounds
                    && !"#/$defs/secret".equals(property.getString("$ref"))
                    && !"boolean".equals(property.getString("type"))) {
                wrong.append(path).append('/').append(key).append('\n');
            }
        }
        for (String key : schema.fieldNames()) {
            if (schema.getValue(key) instanceof JsonObject child) {
                inspect(path + "/" + key, child, wrong);
            }
        }
    }
}
