package io.socksgateway.deploy.reference;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The types of items met in a table that get tables of their own behind it. */
final class Variants {

    private record Variant(String path, JsonObject object) {}

    private final List<Variant> found = new ArrayList<>();

    void add(String path, JsonObject object) {
        found.add(new Variant(path, object));
    }

    void each(BiConsumer<String, JsonObject> action) {
        found.forEach(variant -> action.accept(variant.path, variant.object));
    }
}
