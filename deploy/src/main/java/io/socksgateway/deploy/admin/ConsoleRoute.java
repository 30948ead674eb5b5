package io.socksgateway.deploy.admin;

import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The console: one page that loads nothing else and knows nothing until an operator gives it the token. What it may run is
 * its own script and style, known by their digests.
 */
record ConsoleRoute(String page, String policy) {

    ConsoleRoute() {
        this(Resources.text("console.html"));
    }

    private ConsoleRoute(String page) {
        this(
                page,
                "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'; script-src '" + digest(page, "script") + "'; style-src '"
                        + digest(page, "style") + "'");
    }

    void addTo(Endpoints endpoints) {
        endpoints.get("/", this::page);
    }

    private void page(RoutingContext request) {
        SecurityHeaders.contentPolicy(request.response(), policy);
        Answers.text(request, "text/html; charset=utf-8", page);
    }

    private static String digest(String page, String element) {
        int begin = page.indexOf("<" + element + ">") + element.length() + 2;
        String content = page.substring(begin, page.indexOf("</" + element + ">", begin));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
