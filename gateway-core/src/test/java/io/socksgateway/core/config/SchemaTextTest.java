package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What people and editors read in the schema: descriptions, examples, defaults. */
class SchemaTextTest {

    private static final JsonObject SCHEMA = new JsonObject(ConfigSchema.text());

    @Test
    void everyObjectIsClosedAndEveryKeyDescribed() {
        List<String> wrong = new ArrayList<>();
        inspect("", SCHEMA, wrong);
        assertThat(wrong).isEmpty();
    }

    @Test
    void examplesAndDefaultsAreValidThemselves() {
        List<String> wrong = new ArrayList<>();
        checkExamples("", SCHEMA, wrong);
        assertThat(wrong).isEmpty();
    }

    private static void inspect(String path, JsonObject schema, List<String> wrong) {
        JsonObject properties = schema.getJsonObject("properties");
        if (properties != null) {
            if (!Boolean.FALSE.equals(schema.getValue("additionalProperties"))) {
                wrong.add(path + " accepts unknown keys");
            }
            for (String key : properties.fieldNames()) {
                JsonObject property = properties.getJsonObject(key);
                if (property.getString("description", "").isBlank()) {
                    wrong.add(path + "/" + key + " has no description");
                }
                if (!property.containsKey("examples") && !property.containsKey("properties")) {
                    wrong.add(path + "/" + key + " has no example");
                }
            }
        }
        for (String key : new TreeSet<>(schema.fieldNames())) {
            if (schema.getValue(key) instanceof JsonObject child) {
                inspect(path + "/" + key, child, wrong);
            }
        }
    }

    private static void checkExamples(String path, JsonObject node, List<String> wrong) {
        JsonArray samples = node.getJsonArray("examples", new JsonArray()).copy();
        if (node.containsKey("default")) {
            samples.add(node.getValue("default"));
        }
        JsonObject alone = node.copy().put("$defs", SCHEMA.getJsonObject("$defs"));
        for (Object sample : samples) {
            if (!SchemaTest.validator(alone).validate(sample).getValid()) {
                wrong.add(path + ": " + sample);
            }
        }
        for (String key : node.fieldNames()) {
            if (node.getValue(key) instanceof JsonObject child && !key.equals("default")) {
                checkExamples(path + "/" + key, child, wrong);
            }
        }
    }
}
