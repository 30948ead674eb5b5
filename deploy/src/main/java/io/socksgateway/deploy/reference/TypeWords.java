package io.socksgateway.deploy.reference;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of values in words: those that the schema defines and describes under a name are called by it, others by what
 * they are made of.
 *
 * <p>Immutable.
 */
final class TypeWords {

    private static final String REFERENCE = "#/$defs/";

    /** Where {@link #resolve} keeps the name of what it has put in. */
    private static final String NAME = "x-name";

    private final JsonObject definitions;

    TypeWords(JsonObject definitions) {
        this.definitions = definitions;
    }

    /** The types that have a name, with what they are. */
    Map<String, String> named() {
        Map<String, String> named = new TreeMap<>();
        for (String name : definitions.fieldNames()) {
            JsonObject definition = definitions.getJsonObject(name);
            if (isNamed(definition)) {
                named.put(words(name), definition.getString("description"));
            }
        }
        return named;
    }

    private static boolean isNamed(JsonObject definition) {
        return definition.containsKey("description") && !definition.containsKey("properties");
    }

    /** A node with what it refers to put in; what it says itself counts. */
    JsonObject resolve(JsonObject node) {
        String reference = node.getString("$ref");
        if (reference == null) {
            return node;
        }
        String name = reference.substring(REFERENCE.length());
        JsonObject definition = definitions.getJsonObject(name);
        JsonObject merged = definition.copy().mergeIn(node);
        merged.remove("$ref");
        return isNamed(definition) ? merged.put(NAME, words(name)) : merged;
    }

    /** {@code durationOrZero} → {@code duration or zero}. */
    private static String words(String name) {
        return name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** The objects that a key may have, unless its type has a name. */
    List<JsonObject> objects(JsonObject property) {
        return alternatives(property)
                .filter(choice -> choice.containsKey("properties"))
                .toList();
    }

    /** The lists of objects that a key may have. */
    List<JsonObject> lists(JsonObject property) {
        return alternatives(property)
                .filter(choice -> choice.containsKey("items"))
                .toList();
    }

    private Stream<JsonObject> alternatives(JsonObject property) {
        if (property.containsKey(NAME)) {
            return Stream.empty();
        }
        JsonArray choices = property.getJsonArray("anyOf");
        return choices == null
                ? Stream.of(property)
                : choices.stream()
                        .map(JsonObject.class::cast)
                        .map(this::resolve)
                        .flatMap(this::alternatives);
    }

    /** The words for a type. */
    String of(JsonObject node) {
        JsonObject type = resolve(node);
        if (type.containsKey(NAME)) {
            return type.getString(NAME);
        }
        if (type.containsKey("const")) {
            return Cells.code(Cells.json(type.getValue("const")));
        }
        if (type.containsKey("enum")) {
            return type.getJsonArray("enum").stream()
                    .map(value -> Cells.code(Cells.json(value)))
                    .collect(Collectors.joining(", "));
        }
        if (type.containsKey("anyOf")
                && !type.containsKey("properties")) { // otherwise it says which keys must be there
            return alternativesOf(type.getJsonArray("anyOf"));
        }
        return switch (type.getString("type", "")) {
            case "array" -> "list of: " + of(type.getJsonObject("items"));
            case "integer" -> "whole number" + range(type);
            case "boolean" -> "`true`, `false`";
            case "object" -> "object";
            case "string" -> "string";
            default -> throw new IllegalArgumentException("no words for " + node);
        };
    }

    private static String range(JsonObject type) {
        Number least = type.getNumber("minimum");
        Number most = type.getNumber("maximum");
        if (least == null || most == null) {
            return "";
        }
        return most.longValue() >= Integer.MAX_VALUE ? ", " + least + " or more" : ", " + least + " to " + most;
    }

    /** Several types of objects are one word: each has a table of its own. A list of what may stand alone needs few words. */
    private String alternativesOf(JsonArray choices) {
        List<String> words = choices.stream()
                .map(choice -> of((JsonObject) choice))
                .distinct()
                .toList();
        boolean listToo = words.size() == 2 && words.get(1).equals("list of: " + words.get(0));
        return listToo ? words.get(0) + ", or a list of such" : String.join(", or ", words);
    }
}
