package io.socksgateway.core.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of the document that is read key by key. Whatever was not asked for by {@link #close} is an unknown key, so
 * a key is known by being read.
 *
 * <p>Confined to the pass.
 */
final class Section {

    private final String path;
    private final int position;
    private final JsonObject json;
    private final Findings findings;
    private final int errorsBefore;
    private final Set<String> asked = new LinkedHashSet<>();
    private boolean undecided;

    private Section(String path, int position, JsonObject json, Findings findings) {
        this.path = path;
        this.position = position;
        this.json = json;
        this.findings = findings;
        this.errorsBefore = findings.errorCount();
    }

    /** Reads an object and checks that no key is left over. */
    static <T> @Nullable T read(Cursor at, JsonObject json, Function<Section, @Nullable T> reader) {
        return read(at.path(), 0, json, at.findings(), reader);
    }

    private static <T> @Nullable T read(
            String path, int position, JsonObject json, Findings findings, Function<Section, @Nullable T> reader) {
        Section section = new Section(path, position, json, findings);
        T value = reader.apply(section);
        section.close();
        return value;
    }

    /** The place of this object in its list, counted from 1; 0 if it is no item of a list. */
    int position() {
        return position;
    }

    String path(String key) {
        return JsonPath.key(path, key);
    }

    Findings findings() {
        return findings;
    }

    /** Whether nothing was wrong here so far. */
    boolean clean() {
        return findings.errorCount() == errorsBefore;
    }

    boolean has(String key) {
        return json.containsKey(key);
    }

    /** Knows keys without looking at them. */
    void skip(String... keys) {
        asked.addAll(List.of(keys));
    }

    void fail(String key, String message, String hint) {
        findings.error(path(key), message, hint);
    }

    /** Leaves the other keys alone, because which are known depends on a value that is wrong. */
    void ignoreOthers() {
        undecided = true;
    }

    /** The value of a key, or null if it is absent or wrong. */
    <T> @Nullable T optional(String key, Kind<T> kind) {
        Cursor at = ask(key, null);
        return at == null ? null : kind.read(at);
    }

    /** The value of a key that must be there, or null if it is absent or wrong. */
    <T> @Nullable T required(String key, Kind<T> kind) {
        Cursor at = ask(key, null);
        if (at == null) {
            fail(key, "is missing", "expected: " + kind.expected());
            return null;
        }
        return kind.read(at);
    }

    /** The value of a key, or the default if it is absent (or wrong, in which case nobody will see the result). */
    <T> T value(String key, Object fallback, Kind<T> kind) {
        Cursor at = ask(key, fallback);
        T value = at == null ? null : kind.read(at);
        return value != null
                ? value
                : Objects.requireNonNull(kind.read(new Cursor(path(key), fallback, new Findings())), key);
    }

    /** A list of scalars, or one scalar; the default if it is absent. Items that are wrong are left out. */
    <T> List<T> list(String key, List<?> fallback, Kind<T> kind) {
        Cursor given = ask(key, new JsonArray(fallback));
        return items(given == null ? new Cursor(path(key), new JsonArray(fallback), findings) : given, kind);
    }

    /** A list of scalars without default, or one scalar; empty if it is absent. */
    <T> List<T> list(String key, Kind<T> kind) {
        Cursor at = ask(key, null);
        return at == null ? List.of() : items(at, kind);
    }

    private static <T> List<T> items(Cursor at, Kind<T> kind) {
        List<T> items = new ArrayList<>();
        if (at.value() instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                addIfRight(items, kind.read(at.item(i, array.getValue(i))));
            }
        } else if (at.value() == null || at.value() instanceof JsonObject) {
            at.unexpected(kind.expected() + ", or a list of such");
        } else {
            addIfRight(items, kind.read(at));
        }
        return items;
    }

    /** An object; an absent one is read as empty, so that every default applies. Null if it is wrong. */
    <T> @Nullable T object(String key, Function<Section, @Nullable T> reader) {
        Cursor at = ask(key, new JsonObject());
        return at == null ? read(path(key), 0, new JsonObject(), findings, reader) : object(at, 0, reader);
    }

    /** An object, or null if it is absent or wrong. */
    <T> @Nullable T objectIfPresent(String key, Function<Section, @Nullable T> reader) {
        Cursor at = ask(key, null);
        return at == null ? null : object(at, 0, reader);
    }

    /** A list of objects, empty if it is absent. Items that are wrong are left out. */
    <T> List<T> objects(String key, Function<Section, @Nullable T> reader) {
        return objects(ask(key, new JsonArray()), reader);
    }

    /** A list of objects that, if it is there, must not be empty; null if it is absent. */
    <T> @Nullable List<T> objectsIfPresent(String key, Function<Section, @Nullable T> reader) {
        Cursor at = ask(key, null);
        if (at != null && at.value() instanceof JsonArray array && array.isEmpty()) {
            at.fail("an empty list", "expected: at least one object, or no such key");
        }
        return at == null ? null : objects(at, reader);
    }

    private static <T> List<T> objects(@Nullable Cursor at, Function<Section, @Nullable T> reader) {
        List<T> items = new ArrayList<>();
        if (at != null && at.value() instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                addIfRight(items, object(at.item(i, array.getValue(i)), i + 1, reader));
            }
        } else if (at != null) {
            at.fail(Shown.typeOf(at.value()), "expected: a list of objects");
        }
        return items;
    }

    private static <T> @Nullable T object(Cursor at, int position, Function<Section, @Nullable T> reader) {
        if (at.value() instanceof JsonObject json) {
            return read(at.path(), position, json, at.findings(), reader);
        }
        at.fail(Shown.typeOf(at.value()), "expected: an object");
        return null;
    }

    private static <T> void addIfRight(List<T> items, @Nullable T item) {
        if (item != null) {
            items.add(item);
        }
    }

    private @Nullable Cursor ask(String key, @Nullable Object fallback) {
        asked.add(key);
        findings.keys().add(path, key, fallback);
        return has(key) ? new Cursor(path(key), json.getValue(key), findings) : null;
    }

    private void close() {
        if (undecided) {
            return;
        }
        for (String key : json.fieldNames()) {
            if (!asked.contains(key)) {
                fail(key, "is no known key", Spelling.hint(key, asked, "known here: " + String.join(", ", asked)));
            }
        }
    }
}
