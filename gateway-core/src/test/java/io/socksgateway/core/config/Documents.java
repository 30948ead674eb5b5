package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Documents written with single quotes, and what the reader makes of them. */
final class Documents {

    static final Map<String, String> ENVIRONMENT = Map.of("HOSTNAME", "machine-7", "SECRET", "s3cret", "EMPTY", "");

    static {
        PemFolder.fill(); // so that documents can name files of it
    }

    private Documents() {}

    static JsonObject json(String singleQuoted) {
        try {
            return StrictJson.parse(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (JsonSyntaxException e) {
            throw new AssertionError(singleQuoted + ": " + e.reason(), e);
        }
    }

    static LoadedConfig read(JsonObject document) {
        return new ConfigReader(Path.of(""), ENVIRONMENT::get).read(document);
    }

    static List<ConfigError> errors(String singleQuoted) {
        LoadedConfig loaded = read(json(singleQuoted));
        assertThat(loaded).as(singleQuoted).isInstanceOf(LoadedConfig.Invalid.class);
        return ((LoadedConfig.Invalid) loaded).errors();
    }

    static LoadedConfig.Valid valid(String singleQuoted) {
        LoadedConfig loaded = read(json(singleQuoted));
        assertThat(loaded).as(singleQuoted + " → " + loaded).isInstanceOf(LoadedConfig.Valid.class);
        return (LoadedConfig.Valid) loaded;
    }

    static GatewayConfig config(String singleQuoted) {
        return valid(singleQuoted).config();
    }

    static List<String> warnings(String singleQuoted) {
        return valid(singleQuoted).warnings().stream()
                .map(ConfigWarning::toString)
                .toList();
    }
}
