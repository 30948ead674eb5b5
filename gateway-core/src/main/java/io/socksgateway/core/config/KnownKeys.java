package io.socksgateway.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the readers asked for in each kind of object, with their defaults: what the schema is compared with.
 * All items of a list are one kind: {@code listeners[]}.
 *
 * <p>Confined to the pass.
 */
final class KnownKeys {

    private static final Pattern ITEM = Pattern.compile("\\[\\d+]");

    private final Map<String, Map<String, Optional<Object>>> kinds = new TreeMap<>();

    void add(String path, String key, @Nullable Object fallback) {
        kinds.computeIfAbsent(ITEM.matcher(path).replaceAll("[]"), kind -> new LinkedHashMap<>())
                .put(key, Optional.ofNullable(fallback));
    }

    /** The keys by kind, each with its default as JSON if it has a fixed one. */
    Map<String, Map<String, Optional<Object>>> byKind() {
        return kinds;
    }
}
