package io.socksgateway.deploy.reference;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * The reference of the configuration in Markdown: every key with its type, default, example and meaning, in the order of
 * the schema.
 *
 * <pre>
 * top       intro, the types of values, then a section for each key of the document
 * section   its description, then a table of its keys; objects are walked through: udp.reassembly.timeout
 * variant   of a list whose items are of several types, a table each
 * </pre>
 *
 * <p>Confined to the call.
 */
public final class ConfigurationReference {

    /** What makes the file anew; printed into it, and by the test that finds it out of date. */
    public static final String COMMAND = "deploy/bin/socks-gateway schema --markdown > deploy/docs/configuration.md";

    private static final String INTRODUCTION = """
            # Configuration reference

            <!-- Made by: %s -->

            Every key there is, made from the JSON Schema that `socks-gateway schema` prints; `socks-gateway schema --markdown` prints this
            page for the version at hand. %s

            Where a list of scalars is expected, one scalar will do. Paths are relative to the folder of the configuration. `socks-gateway check
            --config FILE-OR-FOLDER` says all that is wrong with a configuration, each error with its path and a hint, and opens no port.

            """;

    private final TypeWords types;
    private final StringBuilder out = new StringBuilder();

    private ConfigurationReference(TypeWords types) {
        this.types = types;
    }

    /**
     * Writes it.
     *
     * @param schema the JSON Schema of the configuration
     * @return ends with a line break
     */
    public static String markdown(JsonObject schema) {
        ConfigurationReference reference = new ConfigurationReference(new TypeWords(schema.getJsonObject("$defs")));
        reference.out.append(INTRODUCTION.formatted(COMMAND, schema.getString("description")));
        reference.values();
        schema.getJsonObject("properties").forEach(entry -> reference.section(entry.getKey(), entry.getValue()));
        return reference.out.toString();
    }

    private void values() {
        out.append("## Types of values\n\n| Type | Meaning |\n|---|---|\n");
        for (Map.Entry<String, String> type : types.named().entrySet()) {
            out.append("| ").append(type.getKey()).append(" | ").append(Cells.text(type.getValue()));
            out.append(" |\n");
        }
    }

    private void section(String key, Object value) {
        JsonObject property = types.resolve((JsonObject) value);
        JsonObject items = property.getJsonObject("items");
        out.append("\n## `").append(key).append(items == null ? "" : "[]").append("`\n\n");
        out.append(Cells.text(property.getString("description"))).append('\n');
        if (items != null) {
            examples(property);
        }
        table(items == null ? key : key + "[]", items == null ? property : types.resolve(items));
    }

    private void examples(JsonObject property) {
        for (Object example : property.getJsonArray("examples", new JsonArray())) {
            out.append("\n```json\n").append(Cells.json(example)).append("\n```\n");
        }
    }

    private void table(String path, JsonObject object) {
        out.append("\n| Key | Type | Default | Example | Meaning |\n|---|---|---|---|---|\n");
        Variants later = new Variants();
        rows(path, object, later);
        later.each((variantPath, variant) -> {
            out.append("\n### ").append(Cells.code(variantPath)).append(" with ");
            out.append(discriminator(variant)).append("\n\n");
            out.append(Cells.text(variant.getString("description"))).append('\n');
            table(variantPath, variant);
        });
    }

    private void rows(String path, JsonObject object, Variants later) {
        JsonArray required = object.getJsonArray("required", new JsonArray());
        for (Map.Entry<String, Object> entry : object.getJsonObject("properties")) {
            JsonObject property = types.resolve((JsonObject) entry.getValue());
            String here = path + "." + entry.getKey();
            row(here, property, required.contains(entry.getKey()));
            inside(here, property, later);
        }
    }

    private void row(String path, JsonObject property, boolean required) {
        out.append("| ").append(Cells.code(path));
        out.append(" | ").append(types.of(property));
        out.append(" | ").append(required ? "required" : Cells.fallback(property));
        out.append(" | ").append(Cells.examples(property));
        out.append(" | ").append(Cells.text(property.getString("description", "")));
        out.append(" |\n");
    }

    private void inside(String path, JsonObject property, Variants later) {
        for (JsonObject object : types.objects(property)) {
            rows(path, object, later);
        }
        for (JsonObject list : types.lists(property)) {
            for (JsonObject item : types.objects(types.resolve(list.getJsonObject("items")))) {
                if (discriminator(item).isEmpty()) {
                    rows(path + "[]", item, later);
                } else {
                    later.add(path + "[]", item);
                }
            }
        }
    }

    /** The key that tells this type of item from the others, as {@code "type": "file"}; empty if there is none. */
    private static String discriminator(JsonObject object) {
        JsonObject type = object.getJsonObject("properties").getJsonObject("type");
        Object value = type == null ? null : type.getValue("const");
        return value == null ? "" : Cells.code("\"type\": " + Cells.json(value));
    }
}
