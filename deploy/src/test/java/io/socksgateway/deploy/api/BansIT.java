package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.SocksClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bans as the API tells and lifts them. */
class BansIT {

    @TempDir
    private static Path folder;

    @Test
    void whoIsBannedIsToldAndLiftedByAnAddress() throws Exception {
        try (AdminGateway gateway = AdminGateway.start(
                folder,
                "{'auth': {'users': [{'name': 'alice', 'password': 'pass-4711'}], 'backoff': {'failures': 1}}}")) {
            ApiDocument document = new ApiDocument(gateway.json("/api/v1/openapi.json"));
            assertThat(explained(gateway, "127.0.0.1", "alice").getBoolean("allowed"))
                    .isTrue();
            failToLogIn(gateway);
            Await.until("two bans", () -> total(gateway) == 2);

            HttpResponse<String> list = gateway.get("/api/v1/bans");
            document.assertFits("GET /api/v1/bans", list);
            assertThat(new JsonObject(list.body()).getJsonArray("bans")).hasSize(2);
            HttpResponse<String> explanation = gateway.get("/api/v1/explain?to=192.0.2.1:80&user=alice&from=127.0.0.1");
            document.assertFits("GET /api/v1/explain", explanation);
            assertThat(new JsonObject(explanation.body()).getBoolean("allowed")).isFalse();
            assertThat(new JsonObject(explanation.body()).getString("why")).contains("banned for another ");
            assertThat(explained(gateway, "127.0.0.2", "alice").getString("why"))
                    .startsWith("Logins of alice from 127.0.0.0/24 are banned for another ");
            assertThat(explained(gateway, "127.0.0.1", "bob").getString("why"))
                    .startsWith("Client 127.0.0.1 is banned for another ");
            assertThat(explained(gateway, "127.0.0.2", "bob").getBoolean("allowed"))
                    .isTrue();

            String lift = "DELETE /api/v1/clients/{address}/bans";
            document.assertProblem(lift, 400, gateway.send("DELETE", "/api/v1/clients/localhost/bans"));
            HttpResponse<String> lifted = gateway.send("DELETE", "/api/v1/clients/127.0.0.1/bans");
            document.assertFits(lift, lifted);
            assertThat(new JsonObject(lifted.body()).getJsonArray("lifted"))
                    .containsExactly("client/127.0.0.1", "user/127.0.0.0/24/alice");
            assertThat(total(gateway)).isZero();
            assertThat(explained(gateway, "127.0.0.1", "alice").getBoolean("allowed"))
                    .isTrue();
        }
    }

    private static void failToLogIn(AdminGateway gateway) throws IOException {
        try (SocksClient client = gateway.client()) {
            client.send("05 01 02")
                    .expect("05 02")
                    .send("01 05 616C696365 05 6775657373")
                    .expect("01 01");
        }
    }

    private static int total(AdminGateway gateway) {
        try {
            return gateway.json("/api/v1/bans").getInteger("total");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject explained(AdminGateway gateway, String from, String user) throws Exception {
        return gateway.json("/api/v1/explain?to=192.0.2.1:80&from=" + from + "&user=" + user);
    }
}
