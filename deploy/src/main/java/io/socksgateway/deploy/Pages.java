package io.socksgateway.deploy;

import io.socksgateway.deploy.remote.AdminClient;
import io.socksgateway.deploy.remote.AdminException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists that the API answers page by page. */
final class Pages {

    /** What one request may ask for. */
    private static final int PAGE = 1_000;

    private Pages() {}

    /**
     * All pages as one answer: what the last one says, with the items of all, and the nodes that were silent on any.
     *
     * @param filter further parameters, each as {@link #parameter} has it
     * @param items name of the list in an answer
     * @param limit how many items at most; 0 for all
     */
    static JsonObject list(AdminClient gateway, String path, String filter, String items, int limit)
            throws AdminException {
        JsonArray all = new JsonArray();
        Set<Object> silent = new LinkedHashSet<>();
        JsonObject page;
        String after = "";
        do {
            int left = limit == 0 ? PAGE : Math.min(PAGE, limit - all.size());
            page = gateway.get(path + "?limit=" + left + filter + after);
            all.addAll(page.getJsonArray(items));
            page.getJsonArray("silent", new JsonArray()).forEach(silent::add);
            after = parameter("after", page.getString("next"));
        } while (!after.isEmpty() && (limit == 0 || all.size() < limit));
        JsonObject list = page.copy().put(items, all);
        JsonArray names = new JsonArray();
        silent.forEach(names::add);
        list.put("silent", names).remove("next");
        return list;
    }

    /** A parameter of a request, or nothing if it has no value. */
    static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
