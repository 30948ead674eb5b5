package io.socksgateway.deploy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.deploy.AdminGateway;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is served at the admin endpoint, and who is not. */
class AdminSecurityIT {

    private static final String GUARDED = "/api/v1/nodes";
    private static final int MOST_CONNECTIONS = 128;
    private static final String AUTHORIZED =
            "GET " + GUARDED + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + AdminGateway.TOKEN + "\r\n\r\n";

    @TempDir
    private static Path folder;

    private static AdminGateway gateway;
    private static AdminGateway open;

    @BeforeAll
    static void start() throws IOException {
        gateway = AdminGateway.start(folder, "{}");
        open = AdminGateway.start(folder, "{'admin': {}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        open.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer token-5e0c9b7a4",
                "Bearer token-5e0c9b7a411",
                "Bearer TOKEN-5e0c9b7a41",
                "Basic token-5e0c9b7a41",
                "token-5e0c9b7a41",
                "Bearer token-5e0c9b7a41, Bearer x"
            })
    void aWrongTokenIsRefusedWithAProblem(String authorization) throws Exception {
        HttpResponse<String> answer = gateway.send(gateway.request(GUARDED).header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer");
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer token-5e0c9b7a41", "bearer token-5e0c9b7a41", "BEARER   token-5e0c9b7a41 "})
    void theTokenIsAcceptedHoweverTheSchemeIsSpelt(String authorization) throws Exception {
        assertThat(gateway.send(gateway.request(GUARDED).header("Authorization", authorization))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /metrics",
        "GET, /api/v1/sessions",
        "DELETE, /api/v1/sessions/x",
        "POST, /api/v1/drain",
        "POST, /api/v1/reload",
        "GET, /api/v1/config",
        "GET, /api/v1/openapi.json",
        "GET, /no-such-thing"
    })
    void withoutTheTokenNothingIsSaidOrDone(String method, String path) throws Exception {
        HttpResponse<String> answer =
                gateway.send(gateway.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/"})
    void healthAndTheEmptyConsoleNeedNone(String path) throws Exception {
        assertThat(gateway.send(gateway.request(path)).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherTokenHoldsAfterAReload() throws Exception {
        Path file = Files.writeString(folder.resolve("rotated"), AdminGateway.TOKEN);
        try (AdminGateway rotating = AdminGateway.start(folder, "{'admin': {'token': {'file': 'rotated'}}}")) {
            Files.writeString(file, "token-91c7e2aa05d4");
            assertThat(rotating.get(GUARDED).statusCode()).isEqualTo(200);

            assertThat(new JsonObject(rotating.send("POST", "/api/v1/reload").body()).getJsonArray("changes"))
                    .containsExactly("admin.token");

            assertThat(rotating.get(GUARDED).statusCode()).isEqualTo(401);
            assertThat(rotating.send(rotating.request(GUARDED).header("Authorization", "Bearer token-91c7e2aa05d4"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theTokenIsNotLogged() throws Exception {
        try (LogCapture log = LogCapture.open()) {
            assertThat(gateway.get(GUARDED).statusCode()).isEqualTo(200);
            assertThat(gateway.send("DELETE", "/api/v1/sessions/x").statusCode())
                    .isEqualTo(404);
            log.await("admin: DELETE /api/v1/sessions/x from ");
            assertThat(gateway.send("DELETE", "/api/v1/quotas/none/traffic?subject=al%20ice")
                            .statusCode())
                    .isEqualTo(404);
            log.await("admin: DELETE /api/v1/quotas/none/traffic?subject=al%20ice from ");
            assertThat(gateway.get("/api/v1/explain?to=x:1&from=y").statusCode())
                    .isEqualTo(400);
            assertThat(log.all()).noneMatch(line -> line.contains(AdminGateway.TOKEN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/metrics", "/", "/api/v1/config", "/nothing"})
    void everyAnswerTellsBrowsersToKeepAndEmbedNothing(String path) throws Exception {
        HttpResponse<String> answer = gateway.get(path);

        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
    }

    /** Its policy allows what is in it, and nothing is loaded from elsewhere. */
    @Test
    void theConsoleIsOnePageWithAStrictPolicy() throws Exception {
        HttpResponse<String> page = gateway.get("/");
        String policy = page.headers().firstValue("content-security-policy").orElse("");

        assertThat(page.body())
                .doesNotContain(
                        "http://", "https://", " src=", "@import", "innerHTML", "localStorage", "sessionStorage")
                .doesNotContain("document.cookie", "style=", "onclick=\"", "eval(");
        assertThat(policy).doesNotContain("unsafe").contains("connect-src 'self'");
        for (String element : List.of("script", "style")) {
            Matcher content =
                    Pattern.compile("(?s)<%1$s>(.*?)</%1$s>".formatted(element)).matcher(page.body());
            assertThat(content.find()).isTrue();
            assertThat(policy).contains(element + "-src 'sha256-" + digest(content.group(1)) + "'");
            assertThat(content.find()).as("another " + element).isFalse();
        }
    }

    private static String digest(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    @Test
    void pagesOfOthersAreRefused() throws Exception {
        assertThat(from("Origin", "http://evil.example")).isEqualTo(403);
        assertThat(from("Origin", "null")).isEqualTo(403);
        assertThat(from("Sec-Fetch-Site", "cross-site")).isEqualTo(403);
        assertThat(from("Origin", "http://" + gateway.base().getAuthority())).isEqualTo(200);
        assertThat(from("Sec-Fetch-Site", "same-origin")).isEqualTo(200);
    }

    private static int from(String header, String value) throws Exception {
        return gateway.send(gateway.request(GUARDED)
                        .header("Authorization", "Bearer " + AdminGateway.TOKEN)
                        .header(header, value))
                .statusCode();
    }

    /** As a page would have that points a name of its own to this machine. */
    @Test
    void withoutATokenOnlyThisMachinesOwnNamesAreServed() throws Exception {
        assertThat(open.send(open.request(GUARDED)).statusCode()).isEqualTo(200);
        assertThat(exchange(open, "GET " + GUARDED + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(exchange(open, "GET " + GUARDED + " HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(exchange(open, "GET " + GUARDED + " HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 403");
        assertThat(exchange(open, "GET " + GUARDED + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("nosniff");
        assertThat(exchange(open, "GET /health/ready HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200");
    }

    @Test
    void requestsThatAreTooLargeOrMalformedAreProblems() throws Exception {
        String longText = "x".repeat(20_000);
        assertThat(exchange(gateway, "GET /" + longText + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.0 414")
                .contains("application/problem+json");
        assertThat(exchange(gateway, "GET / HTTP/1.1\r\nHost: x\r\nX: " + longText + "\r\n\r\n"))
                .contains(" 431 ", "application/problem+json");
        assertThat(exchange(gateway, "nonsense\r\n\r\n")).contains(" 400 ", "application/problem+json");
        assertThat(gateway.send(gateway.request("/api/v1/reload").POST(HttpRequest.BodyPublishers.ofString(longText)))
                        .statusCode())
                .isEqualTo(413);
        for (String path : List.of("/api/v1/sessions/%zz", "/api/v1/sessions?user=%zz", "/%2e%2e/%")) {
            assertThat(exchange(gateway, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json");
        }
    }

    /** Whoever reaches the port can open connections; the supervisor's and the operator's come through all the same. */
    @Test
    void connectionsAreLimitedAndNobodyIsCutOffByThem() throws Exception {
        List<Socket> held = new ArrayList<>();
        try (Socket trusted = connect(gateway)) {
            exchange(trusted, AUTHORIZED);
            for (int i = 0; i < 2 * MOST_CONNECTIONS; i++) {
                held.add(connect(gateway));
            }
            for (String probe : List.of("/health/live", "/health/ready")) {
                assertThat(exchange(gateway, "GET " + probe + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
            assertThat(exchange(gateway, AUTHORIZED)).startsWith("HTTP/1.1 200");
            assertThat(exchange(trusted, AUTHORIZED)).startsWith("HTTP/1.1 200");
            for (Socket first : held.subList(0, MOST_CONNECTIONS)) {
                first.setSoTimeout(20_000);
                assertThat(first.getInputStream().read()).isNegative();
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    /** Nothing was done, and else whoever reaches the port could fill the log. */
    @Test
    void whoLeavesInTheMiddleOfARequestIsNotInTheLog() throws Exception {
        try (LogCapture log = LogCapture.open()) {
            try (Socket leaving = connect(gateway)) {
                leaving.getOutputStream()
                        .write("POST /api/v1/drain?half HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhalf"
                                .getBytes(StandardCharsets.US_ASCII));
                log.await("/api/v1/drain?half");
            }
            log.await("HttpClosedException");
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(log.all()).noneMatch(line -> line.contains("/api/v1/drain?half from"));
        }
    }

    private static Socket connect(AdminGateway endpoint) throws IOException {
        return new Socket(endpoint.base().getHost(), endpoint.base().getPort());
    }

    /** What comes back until the other side has ended, or said nothing more for a second. */
    private static String exchange(AdminGateway endpoint, String request) throws IOException {
        try (Socket socket = connect(endpoint)) {
            return exchange(socket, request);
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        StringBuilder answer = new StringBuilder();
        byte[] part = new byte[8_192];
        while (!isWhole(answer)) {
            int octets = socket.getInputStream().read(part);
            if (octets < 0) {
                break;
            }
            answer.append(new String(part, 0, octets, StandardCharsets.ISO_8859_1));
        }
        return answer.toString();
    }

    private static boolean isWhole(CharSequence answer) {
        Matcher head =
                Pattern.compile("(?si)content-length: (\\d+)\r\n(.*?\r\n)?\r\n").matcher(answer);
        return head.find() && answer.length() >= head.end() + Integer.parseInt(head.group(1));
    }
}
