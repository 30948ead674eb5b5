package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document, and whether answers keep to it. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "post", "delete", "put");

    private final JsonObject document;

    ApiDocument(JsonObject document) {
        this.document = document;
    }

    /** Every operation, as {@code GET /path/{parameter}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                if (METHODS.contains(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
                }
            }
        }
        return operations;
    }

    /** Holds status, media type and body of an answer against what the document says about the operation. */
    void assertFits(String operation, HttpResponse<String> answer) {
        assertFits(operation, String.valueOf(answer.statusCode()), answer);
    }

    /** The same for an error, which may be one of those that every operation has. */
    void assertProblem(String operation, int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(operation + ": " + answer.body()).isEqualTo(status);
        boolean listed = responses(operation).containsKey(String.valueOf(status));
        assertFits(operation, listed ? String.valueOf(status) : "default", answer);
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(status);
    }

    private JsonObject responses(String operation) {
        String[] parts = operation.split(" ", 2);
        return document.getJsonObject("paths")
                .getJsonObject(parts[1])
                .getJsonObject(parts[0].toLowerCase(Locale.ROOT))
                .getJsonObject("responses");
    }

    private void assertFits(String operation, String status, HttpResponse<String> answer) {
        JsonObject responses = responses(operation);
        assertThat(responses.fieldNames()).as(operation + ": " + answer.body()).contains(status);
        JsonObject content = resolve(responses.getJsonObject(status)).getJsonObject("content");
        String mediaType =
                answer.headers().firstValue("content-type").orElse("").split(";", 2)[0];
        assertThat(content.fieldNames()).as(operation).contains(mediaType);
        if (mediaType.endsWith("json")) {
            assertValid(operation, content.getJsonObject(mediaType).getJsonObject("schema"), answer.body());
        }
    }

    private void assertValid(String operation, JsonObject schema, String body) {
        JsonObject alone = schema.copy().put("components", document.getJsonObject("components"));
        OutputUnit result = Validator.create(
                        JsonSchema.of(alone),
                        new JsonSchemaOptions()
                                .setDraft(Draft.DRAFT202012)
                                .setBaseUri("app://gateway")
                                .setOutputFormat(OutputFormat.Basic))
                .validate(new JsonObject(body));
        assertThat(result.getValid())
                .as(() -> operation + ": " + body + " "
                        + new JsonArray(result.getErrors().stream()
                                        .map(OutputUnit::toJson)
                                        .toList())
                                .encodePrettily())
                .isTrue();
    }

    private JsonObject resolve(JsonObject response) {
        String reference = response.getString("$ref");
        return reference == null
                ? response
                : document.getJsonObject("components")
                        .getJsonObject("responses")
                        .getJsonObject(reference.substring("#/components/responses/".length()));
    }
}
