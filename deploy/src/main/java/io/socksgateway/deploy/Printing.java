package io.socksgateway.deploy;

import io.socksgateway.deploy.remote.TextTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** How answers of the API are printed. */
final class Printing {

    private Printing() {}

    static void json(PrintWriter out, JsonObject answer) {
        out.println(answer.encodePrettily());
    }

    static void table(PrintWriter out, TextTable table) {
        table.lines().forEach(out::println);
    }

    /** A warning if nodes are silent: what they have is missing. */
    static void silent(PrintWriter err, JsonObject answer) {
        String names = silent(answer);
        if (!names.isEmpty()) {
            err.println("warning: not answering: " + names);
        }
    }

    /**
     * Sees to it that what was to be done on all nodes has been.
     *
     * @throws CommandFailure if nodes are silent
     */
    static void checkAllNodes(JsonObject answer) throws CommandFailure {
        String names = silent(answer);
        if (!names.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, List.of("Not everywhere, or that is not known: not answering: " + names));
        }
    }

    private static String silent(JsonObject answer) {
        return answer.getJsonArray("silent", new JsonArray()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    /** The text of a value, or nothing. */
    static String text(JsonObject from, String key) {
        Object value = from.getValue(key);
        return value == null ? "" : value.toString();
    }

    /** As a part of a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String many(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
