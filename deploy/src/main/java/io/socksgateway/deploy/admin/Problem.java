package io.socksgateway.deploy.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Why a request was not served, as a problem document (RFC 9457).
 *
 * <p>Immutable.
 *
 * @param status of HTTP
 * @param title the same for all of its kind
 * @param detail about this one; holds nothing that the asker may not know
 * @param errors one for each thing that is wrong, if there may be several
 */
record Problem(int status, String title, String detail, List<String> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    Problem {
        errors = List.copyOf(errors);
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad Request", detail, List.of());
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not Found", detail, List.of());
    }

    static Problem unavailable(String detail) {
        return new Problem(503, "Service Unavailable", detail, List.of());
    }

    /** One that its status says enough about. */
    static Problem of(int status) {
        return switch (status) {
            case 400 -> badRequest("The request is malformed.");
            case 401 ->
                new Problem(
                        401,
                        "Unauthorized",
                        "Send \"Authorization: Bearer TOKEN\" with the token of the"
                                + " configuration's admin section.",
                        List.of());
            case 403 -> new Problem(403, "Forbidden", "Requests from pages of other origins are refused.", List.of());
            case 404 -> notFound("There is nothing at this path; /api/v1/openapi.json lists what there is.");
            case 405 -> new Problem(405, "Method Not Allowed", "The header Allow lists the methods.", List.of());
            case 413 -> new Problem(413, "Content Too Large", "No request has a body that is so long.", List.of());
            case 414 -> new Problem(414, "URI Too Long", "The path and query are too long.", List.of());
            case 415 ->
                new Problem(415, "Unsupported Media Type", "No request has a body: send this one without.", List.of());
            case 431 -> new Problem(431, "Request Header Fields Too Large", "The header is too long.", List.of());
            default ->
                new Problem(
                        status,
                        status < 500 ? "Bad Request" : "Internal Server Error",
                        status < 500 ? "The request cannot be served." : "The gateway's log says more.",
                        List.of());
        };
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        return errors.isEmpty() ? json : json.put("errors", new JsonArray(errors));
    }
}
