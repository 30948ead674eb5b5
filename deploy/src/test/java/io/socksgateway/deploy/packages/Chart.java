package io.socksgateway.deploy.packages;

import com.marcnuri.helm.Helm;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Helm chart, rendered by Helm as a library; no cluster is asked. */
final class Chart {

    static final Path FOLDER = Path.of("helm", "socks-gateway");

    /** What an installation has to give. */
    static final String LEAST = """
            users: [{ name: alice, password: "{argon2id}x", groups: [staff] }]
            adminToken: 0123456789abcdef0123456789abcdef
            """;

    private static final String KUBERNETES = "1.31.0";

    private Chart() {}

    /** Renders release {@code edge} in namespace {@code proxies}. */
    static List<JsonObject> render(String values) throws IOException {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.writeString(file, values);
            return Yaml.documents(new Helm(FOLDER)
                    .template()
                    .withKubeVersion(KUBERNETES)
                    .withName("edge")
                    .withNamespace("proxies")
                    .withValuesFile(file)
                    .call());
        } finally {
            Files.delete(file);
        }
    }

    /** The only manifest of a kind, and of a name that ends so. */
    static JsonObject only(List<JsonObject> manifests, String kind, String suffix) {
        List<JsonObject> found = manifests.stream()
                .filter(manifest -> manifest.getString("kind").equals(kind))
                .filter(manifest ->
                        manifest.getJsonObject("metadata").getString("name").endsWith(suffix))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of kind " + kind);
        }
        return found.get(0);
    }

    static JsonObject podSpec(List<JsonObject> manifests) {
        return only(manifests, "StatefulSet", "")
                .getJsonObject("spec")
                .getJsonObject("template")
                .getJsonObject("spec");
    }
}
