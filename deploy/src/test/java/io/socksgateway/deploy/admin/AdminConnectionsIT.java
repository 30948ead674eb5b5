package io.socksgateway.deploy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who keeps a place where there are only three. */
class AdminConnectionsIT {

    private static final long LONG = 60_000;

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> clients = new ArrayList<>();
    private int port;

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        Await.result(vertx.close());
    }

    private void serve(long patience) {
        serve(patience, patience);
    }

    private void serve(long first, long next) {
        Future<HttpServer> listening = Await.on(vertx.getOrCreateContext(), () -> {
            AdminConnections connections = new AdminConnections(vertx, 3, first, next);
            Router router = Router.router(vertx);
            router.route().handler(BodyHandler.create(false)).failureHandler(gone -> {});
            router.route().handler(connections::asks);
            router.route("/open").handler(request -> request.end("open"));
            router.route().handler(connections::hasToken);
            router.route().handler(request -> request.end("guarded"));
            return vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .connectionHandler(connections::admit)
                    .requestHandler(router)
                    .listen(0, "127.0.0.1");
        });
        port = Await.result(listening).actualPort();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(20_000);
        clients.add(client);
        return client;
    }

    /** One that is known to the server, as it has been answered. */
    private Socket asking(String path) throws IOException {
        Socket client = connect();
        ask(client, path);
        return client;
    }

    /** One that has been answered; on a machine that is busy some may have asked too late. */
    private Socket askingInTime(String path) throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket client = connect();
            try {
                ask(client, path);
                return client;
            } catch (EOFException | SocketException late) {
                // the next one
            }
        }
        throw new AssertionError("20 were not answered");
    }

    private static void ask(Socket client, String path) throws IOException {
        send(client, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith(path.substring(1))) {
            int octet = client.getInputStream().read();
            if (octet < 0) {
                throw new EOFException("before the end of " + answer);
            }
            answer.append((char) octet);
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertClosed(Socket client) throws IOException {
        assertThat(client.getInputStream().read()).isNegative();
    }

    @Test
    void oneMoreTakesThePlaceOfTheLongestIdle() throws IOException {
        serve(LONG);
        Socket first = asking("/open");
        Socket second = asking("/open");
        Socket third = asking("/open");
        ask(first, "/open");

        Socket fourth = asking("/open");

        assertClosed(second);
        ask(first, "/open");
        ask(third, "/open");
        ask(fourth, "/open");
    }

    @Test
    void whoHasHadTheTokenStaysBeforeOthers() throws IOException {
        serve(LONG);
        Socket trusted = asking("/guarded");
        ask(trusted, "/open");
        Socket other = asking("/open");
        Socket silent = connect();
        for (int i = 0; i < 10; i++) {
            Socket next = asking("/open");
            ask(next, "/open");
        }
        assertClosed(other);
        assertClosed(silent);
        ask(trusted, "/guarded");
    }

    @Test
    void whereAllHaveHadTheTokenTheLongestIdleGoes() throws IOException {
        serve(LONG);
        Socket first = asking("/guarded");
        Socket second = asking("/guarded");
        Socket third = asking("/guarded");

        Socket fourth = asking("/open");

        assertClosed(first);
        ask(second, "/guarded");
        ask(third, "/guarded");
        ask(fourth, "/open");
    }

    /** Also who goes on sending: a header without an end, or a body. */
    @Test
    void withoutAWholeRequestNobodyIsWaitedFor() throws IOException {
        serve(1_000);
        Socket trusted = askingInTime("/guarded");
        Socket silent = connect();
        Socket slow = connect();
        send(slow, "POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhalf");

        assertClosed(silent);
        assertClosed(slow);
        ask(trusted, "/open");
    }

    /** An answer to which nobody needs the token buys no more time than there was before it. */
    @Test
    void norIsAnybodyForTheNextOne() throws IOException {
        serve(1_000);
        Socket trusted = askingInTime("/guarded");
        send(trusted, "GET /open HTTP/1.1\r\n");
        Socket idle = askingInTime("/open");
        Socket slow = askingInTime("/open");
        send(slow, "GET /open HTTP/1.1\r\n");

        assertClosed(idle);
        assertClosed(slow);
        send(trusted, "Host: x\r\n\r\n");
        assertThat(trusted.getInputStream().read()).as("it has its time").isNotNegative();
    }

    /** Who checks the health does so at intervals, and over one connection. */
    @Test
    void whoHasAskedOnceHasLongerForTheNextOne() throws IOException {
        serve(1_000, LONG);
        Socket checker = askingInTime("/open");
        Socket silent = connect();

        assertClosed(silent);
        ask(checker, "/open");
    }
}
