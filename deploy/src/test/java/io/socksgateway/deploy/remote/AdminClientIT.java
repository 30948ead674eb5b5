package io.socksgateway.deploy.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socksgateway.deploy.api.FakeEndpoint;
import io.socksgateway.testkit.ClosedPort;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminClientIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private AdminClient to(int port) {
        return new AdminClient(vertx, AdminAddress.at("http://127.0.0.1:" + port, null, null));
    }

    @Test
    void whoIsSilentHasNotGone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AdminException silent = catchThrowableOfType(
                    AdminException.class, () -> to(server.getLocalPort()).post("reload", 1));

            assertThat(silent.isGone()).isFalse();
            assertThat(silent.lines()).contains("It may be done yet: the gateway's log says.");
            assertThat(silent.problem().getString("detail")).contains("no answer in 1 s");
        }
    }

    @Test
    void whoRefusesOrEndsTheConnectionHas() throws Exception {
        int port = ClosedPort.port();
        assertThat(catchThrowableOfType(AdminException.class, () -> to(port).get("nodes"))
                        .isGone())
                .isTrue();
        try (FakeEndpoint endpoint = FakeEndpoint.start()) {
            int there = endpoint.base().getPort();
            assertThat(catchThrowableOfType(
                                    AdminException.class, () -> to(there).get("nodes"))
                            .isGone())
                    .isTrue();
            endpoint.answer("GET nodes", 503, "{'detail': 'busy'}");
            assertThat(catchThrowableOfType(
                                    AdminException.class, () -> to(there).get("nodes"))
                            .isGone())
                    .isFalse();
        }
    }
}
