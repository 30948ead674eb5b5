package io.socksgateway.deploy.packages;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;

/** The types of Kubernetes, by kind; by reflection, as to compile against them takes libraries that checking does not. */
final class KubernetesTypes {

    private static final String TYPE = "io.kubernetes.client.openapi.models.V1";

    /** Not Kubernetes' own. */
    private static final String EXTENSIONS = "monitoring.coreos.com/";

    private KubernetesTypes() {}

    /**
     * Checks a manifest.
     *
     * @throws IllegalArgumentException if it has a key that its kind does not know, or lacks one that it needs
     */
    static void validate(JsonObject manifest) throws ReflectiveOperationException {
        if (manifest.getString("apiVersion").startsWith(EXTENSIONS)) {
            return;
        }
        try {
            Class.forName(TYPE + manifest.getString("kind"))
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(manifest.encode()));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        }
    }
}
