package io.socksgateway.core.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of section {@code admin} what a client needs. Whatever else the configuration says, and the files that only the
 * gateway may read, such as its key, are left alone. Blocks while it reads files.
 *
 * @param folder what relative paths are relative to
 * @param environment the environment's variables, null for one that is not set
 * @param token whether the token is asked for
 * @param certificate whether the certificate is asked for
 */
record AdminAccessReader(
        Path folder, Function<String, @Nullable String> environment, boolean token, boolean certificate) {

    /** Reads a document, all files merged. */
    AdminAccess read(JsonObject source) {
        if (!source.containsKey("admin")) {
            return new AdminAccess.Absent();
        }
        JsonObject alone = new JsonObject().put("admin", source.getValue("admin"));
        Findings findings = new Findings();
        AdminAccess.Found found = Section.read(
                new Cursor("", alone, findings), alone, root -> root.objectIfPresent("admin", this::access));
        return found == null || findings.errorCount() > 0 ? new AdminAccess.Wrong(findings.errors()) : found;
    }

    private AdminAccess.Found access(Section section) {
        String host = section.value("host", AdminReader.DEFAULT_HOST, HostText.HOST);
        int port = section.value("port", AdminReader.DEFAULT_PORT, WholeNumber.PORT);
        section.skip("token", "tls", "metrics");
        Secret known = token ? AdminReader.token(section, folder, environment) : null;
        X509Certificate shown =
                certificate ? section.objectIfPresent("tls", new TlsReader(folder)::certificateAlone) : null;
        return new AdminAccess.Found(host, port, section.has("tls"), known, shown);
    }
}
