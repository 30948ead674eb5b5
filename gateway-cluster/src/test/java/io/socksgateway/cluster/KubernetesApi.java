package io.socksgateway.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.socksgateway.testkit.TestCa;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An API server of Kubernetes with pods of one service in namespace {@code proxies}, which tells a service account only what its
 * role allows.
 */
final class KubernetesApi implements AutoCloseable {

    static final String TOKEN = "token-of-the-pod";

    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/proxies/endpointslices";
    private static final String PODS = "/api/v1/namespaces/proxies/pods";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestCa ca = TestCa.create();
    private final List<String> addresses;
    private final Set<String> allowed;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    /** A role that may read these. */
    static KubernetesApi of(List<String> addresses, String... resources) throws Exception {
        KubernetesApi api = new KubernetesApi(addresses, Set.of(resources));
        api.server.setHttpsConfigurator(new HttpsConfigurator(api.tls()));
        api.server.createContext("/", api::answer);
        api.server.setExecutor(api.threads);
        api.server.start();
        return api;
    }

    private KubernetesApi(List<String> addresses, Set<String> allowed) throws IOException {
        this.addresses = addresses;
        this.allowed = allowed;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private SSLContext tls() throws Exception {
        KeyStore own = ca.issue().toKeyStore("password".toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** What a pod has from its environment and its files, as far as it is not the configuration's to say. */
    Map<String, String> environment() {
        return Map.of(
                "hazelcast.kubernetes.kubernetes-master",
                "https://127.0.0.1:" + server.getAddress().getPort(),
                "hazelcast.kubernetes.api-token",
                TOKEN,
                "hazelcast.kubernetes.ca-certificate",
                ca.pem());
    }

    Set<String> asked() {
        return Set.copyOf(asked);
    }

    Set<String> tokens() {
        return Set.copyOf(tokens);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            asked.add(path + "?" + query);
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (path.equals(SLICES) && allowed.contains("endpointslices")) {
                boolean ours = query.equals("labelSelector=kubernetes.io/service-name=gateway-nodes");
                send(exchange, 200, slices(ours ? addresses : List.of()));
            } else if (path.equals(PODS) && allowed.contains("pods")) {
                send(exchange, 200, pods(query.equals("labelSelector=app=gateway,team=edge") ? addresses : List.of()));
            } else {
                send(exchange, 403, new JsonObject().put("reason", "Forbidden").put("code", 403));
            }
        }
    }

    private static JsonObject slices(List<String> addresses) {
        JsonArray endpoints = new JsonArray();
        addresses.forEach(address -> endpoints.add(new JsonObject()
                .put("addresses", JsonArray.of(address))
                .put("conditions", new JsonObject().put("ready", false))));
        return new JsonObject()
                .put("kind", "EndpointSliceList")
                .put(
                        "items",
                        JsonArray.of(new JsonObject()
                                .put("metadata", new JsonObject())
                                .put("endpoints", endpoints)
                                .put(
                                        "ports",
                                        JsonArray.of(new JsonObject()
                                                .put("name", "admin")
                                                .put("port", 9090)))));
    }

    private static JsonObject pods(List<String> addresses) {
        JsonArray pods = new JsonArray();
        addresses.forEach(address -> pods.add(new JsonObject()
                .put("metadata", new JsonObject().put("name", "gateway-" + pods.size()))
                .put("spec", new JsonObject().put("containers", new JsonArray()))
                .put("status", new JsonObject().put("podIP", address))));
        return new JsonObject().put("kind", "PodList").put("items", pods);
    }

    private static void send(HttpExchange exchange, int status, JsonObject body) throws IOException {
        byte[] octets = body.encode().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
