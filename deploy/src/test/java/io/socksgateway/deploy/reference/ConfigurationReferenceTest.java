package io.socksgateway.deploy.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.ConfigSchema;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The written reference is the one that the schema makes, and says what the schema says. */
class ConfigurationReferenceTest {

    private static final Path WRITTEN = Path.of("docs", "configuration.md");

    private static String markdown(String schema) {
        return ConfigurationReference.markdown(new JsonObject(schema));
    }

    @Test
    void whatIsWrittenIsCurrent() throws IOException {
        boolean current = Files.readString(WRITTEN).equals(markdown(ConfigSchema.text()));

        assertThat(current)
                .as(
                        "%s is what the schema says; if not, after mvn -B -DskipTests package: %s",
                        WRITTEN, ConfigurationReference.COMMAND)
                .isTrue();
    }

    @Test
    void objectsAreWalkedThroughAndTheirKeysHaveTypeDefaultAndExample() {
        assertThat(markdown("""
                {"description": "Top.", "$defs": {"duration": {"type": "string", "description": "How long."}},
                 "properties": {"udp": {"description": "Datagrams.", "type": "object", "required": ["idle"], "properties": {
                   "idle": {"$ref": "#/$defs/duration", "description": "Silence | end.", "examples": ["60s", "5m"]},
                   "deep": {"description": "Deeper.", "type": "object", "default": {}, "properties": {
                     "count": {"description": "How many.", "type": "integer", "minimum": 1, "maximum": 9, "default": 3,
                               "examples": [4]}}}}}}}"""))
                .contains("| duration | How long. |")
                .contains("## `udp`\n\nDatagrams.\n")
                .contains("| `udp.idle` | duration | required | `\"60s\"` · `\"5m\"` | Silence \\| end. |")
                .contains("""
                        | `udp.deep` | object | `{}` |  | Deeper. |
                        | `udp.deep.count` | whole number, 1 to 9 | `3` | `4` | How many. |
                        """);
    }

    @Test
    void itemsOfSeveralTypesHaveATableEach() {
        assertThat(markdown("""
                {"description": "Top.", "$defs": {"file": {"description": "In a file.", "type": "object",
                   "properties": {"type": {"description": "Its type.", "const": "file"}}}},
                 "properties": {"auth": {"description": "Who.", "type": "object", "properties": {
                   "from": {"description": "Sources.", "type": "array", "items": {"anyOf": [{"$ref": "#/$defs/file"}]}},
                   "last": {"description": "Last.", "type": "boolean", "default": false}}}}}""")).contains("""
                        | `auth.last` | `true`, `false` | `false` |  | Last. |

                        ### `auth.from[]` with `"type": "file"`

                        In a file.
                        """).contains("| `auth.from[].type` | `\"file\"` | – |  | Its type. |");
    }

    @Test
    void aListOrOneOfItIsSaidInFewWords() {
        assertThat(markdown("""
                {"description": "Top.", "$defs": {"flag": {"enum": ["a", "b"]}},
                 "properties": {"lists": {"description": "All.", "type": "array", "items": {"type": "object", "properties": {
                   "flags": {"description": "Some.", "anyOf": [{"$ref": "#/$defs/flag"},
                             {"type": "array", "items": {"$ref": "#/$defs/flag"}}]}}}}}}"""))
                .contains("## `lists[]`\n\nAll.\n")
                .contains("| `lists[].flags` | `\"a\"`, `\"b\"`, or a list of such | – |  | Some. |");
    }
}
