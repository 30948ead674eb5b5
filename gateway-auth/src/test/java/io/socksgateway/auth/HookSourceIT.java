package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.config.AuthCacheConfig;
import io.socksgateway.core.config.HookConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.LogCapture;
import io.socksgateway.testkit.TestCa;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookSourceIT {

    private static final TestCa CA = TestCa.create();
    private static final String HEADER = "h3ader";

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Queue<JsonObject> questions = new ConcurrentLinkedQueue<>();
    private final Queue<HttpServerRequest> requests = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void asksInTheWordsOfTheContract() throws Exception {
        HookSource source = answering("{\"result\":\"accepted\"}");

        assertThat(ask(source, "alice", "pa\"ss\\wörd\n\u0000".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Answer.Accepted(new Identity("alice", Set.of())));
        assertThat(questions)
                .containsExactly(new JsonObject()
                        .put("version", 1)
                        .put("ask", "login")
                        .put("method", "userpass")
                        .put("user", "alice")
                        .put("password", "pa\"ss\\wörd\n\u0000")
                        .put("client", "192.0.2.7")
                        .put("listener", "public")
                        .put("session", "s1"));
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.method().name()).isEqualTo("POST");
            assertThat(request.uri()).isEqualTo("/check?a=b");
            assertThat(request.getHeader("content-type")).isEqualTo("application/json");
            assertThat(request.getHeader("X-Key")).isEqualTo(HEADER);
        });
    }

    @Test
    void sendsAPasswordThatIsNotUtf8InBase64() {
        ask(answering("{\"result\":\"unknown\"}"), "alice", new byte[] {(byte) 0xff, 0, 'x'});

        assertThat(questions).singleElement().satisfies(question -> {
            assertThat(question.getBinary("passwordOctets")).containsExactly(0xff, 0, 'x');
            assertThat(question.containsKey("password")).isFalse();
        });
    }

    @Test
    void takesClaims() throws Exception {
        HookSource source =
                answering("{\"result\":\"accepted\",\"user\":\"alice\",\"groups\":[\"staff\"],\"quota\":\"gold\","
                        + "\"egress\":\"192.0.2.10\",\"expiry\":\"2100-01-01T00:00:00Z\"}");

        assertThat(ask(source, "alice", "x"))
                .isEqualTo(new Answer.Accepted(new Identity(
                        "alice",
                        Set.of("staff"),
                        "gold",
                        InetAddress.getByName("192.0.2.10"),
                        4_102_444_800_000L,
                        null)));
    }

    @Test
    void takesNoForAnAnswer() {
        assertThat(ask(answering("{\"result\":\"rejected\",\"reason\":\"not on Sundays\"}"), "alice", "x"))
                .isEqualTo(new Answer.Rejected("not on Sundays"));
        assertThat(ask(answering("{\"result\":\"rejected\",\"reason\":\"not with s3cret\"}"), "alice", "s3cret"))
                .isEqualTo(new Answer.Rejected("a reason that quotes the password"));
        assertThat(ask(answering("{\"result\":\"unknown\"}"), "alice", "x")).isInstanceOf(Answer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yes",
                "[]",
                "\"accepted\"",
                "{}",
                "{\"result\":true}",
                "{\"result\":\"yes\"}",
                "{\"result\":\"accepted\"",
                "{\"result\":\"accepted\",\"group\":\"staff\"}",
                "{\"result\":\"accepted\",\"groups\":\"staff\"}",
                "{\"result\":\"accepted\",\"user\":\"bob\"}",
                "{\"result\":\"accepted\",\"quota\":\"platinum\"}",
                "{\"result\":\"accepted\",\"egress\":\"192.0.2.11\"}"
            })
    void anAnswerOutsideOfTheContractIsAFailure(String answer) {
        assertThat(failure(answering(answer))).startsWith("the service: ");
    }

    @ParameterizedTest
    @CsvSource({"201", "204", "301", "302", "307", "401", "403", "404", "500", "503"})
    void anyStatusBut200IsAFailureAndNoRedirectIsFollowed(int status) {
        int elsewhere =
                serve(new HttpServerOptions(), request -> request.response().end("{\"result\":\"accepted\"}"));
        HookSource source = source(serve(new HttpServerOptions(), request -> request.response()
                .setStatusCode(status)
                .putHeader("location", "http://127.0.0.1:" + elsewhere + "/")
                .end(status == 204 ? "" : "{\"result\":\"accepted\"}")));

        assertThat(failure(source)).isEqualTo("the service: status " + status + " (expected: 200)");
        assertThat(requests).hasSize(1);
    }

    @Test
    void anAnswerMayNotBeEndless() {
        Buffer part = Buffer.buffer("x".repeat(10_000));
        HookSource source = source(serve(new HttpServerOptions(), request -> {
            request.response().setChunked(true);
            vertx.setPeriodic(1, tick -> request.response().write(part));
        }));

        assertThat(failure(source)).isEqualTo("the service: an answer of more than 65536 octets");
    }

    @Test
    void silenceAndDribbleEndWithTheTimeout() {
        HookSource silent = impatient(serve(new HttpServerOptions(), request -> {}));
        HookSource dribbling = impatient(serve(new HttpServerOptions(), request -> {
            request.response().setChunked(true);
            vertx.setPeriodic(50, tick -> request.response().write(" "));
        }));

        assertThat(failure(silent)).isEqualTo("the service: no answer in 700 ms");
        assertThat(failure(dribbling)).isEqualTo("the service: no answer in 700 ms");
    }

    @Test
    void nobodyThereIsAFailure() {
        assertThat(failure(source(ClosedPort.port()))).isEqualTo("the service: no connection, or one that broke");
    }

    @Test
    void aConnectionThatWasClosedMeanwhileIsNoFailure() {
        AtomicInteger count = new AtomicInteger();
        HookSource source = source(serve(new HttpServerOptions(), request -> {
            if (count.incrementAndGet() == 2) {
                request.connection().close();
            } else {
                request.response().end("{\"result\":\"accepted\"}");
            }
        }));

        assertThat(ask(source, "alice", "x")).isInstanceOf(Answer.Accepted.class);
        assertThat(ask(source, "alice", "x")).isInstanceOf(Answer.Accepted.class);
        assertThat(count).hasValue(3);
    }

    @Test
    void trustsWhomItIsTold() throws UnknownHostException {
        HttpServerOptions tls = new HttpServerOptions().setSsl(true).setKeyCertOptions(keys());
        int port = serve(tls, request -> request.response().end("{\"result\":\"accepted\"}"));
        int otherName = serve(new HttpServerOptions(tls).setHost("127.0.0.2"), request -> request.response()
                .end("{\"result\":\"accepted\"}"));
        List<X509Certificate> ours = CA.listenerForOurs().clientCas();
        List<X509Certificate> theirs = TestCa.create().listenerForOurs().clientCas();

        assertThat(ask(source("https://127.0.0.1:" + port, ours), "alice", "x")).isInstanceOf(Answer.Accepted.class);
        for (HookSource refused : List.of(
                source("https://127.0.0.1:" + port, theirs),
                source("https://127.0.0.1:" + port, List.of()),
                source("https://127.0.0.2:" + otherName, ours))) {
            assertThat(failure(refused)).isEqualTo("the service: no TLS with it, or a certificate that is not trusted");
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void logsNeitherPasswordsNorHeaders() {
        try (LogCapture log = LogCapture.open()) {
            ask(answering("{\"result\":\"rejected\"}"), "alice", "s3cret");
            assertThat(failure(answering("s3cret"))).doesNotContain("s3cret");
            assertThat(failure(source(ClosedPort.port()))).doesNotContain(HEADER);
            assertThat(config("http://127.0.0.1", List.of(), 700).toString()).doesNotContain(HEADER);
            assertThat(log.all()).noneMatch(line -> line.contains("s3cret") || line.contains(HEADER));
        }
    }

    private static KeyCertOptions keys() {
        var bundle = CA.issue();
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(bundle.getCertificatePathPEM()))
                .addKeyValue(Buffer.buffer(bundle.getPrivateKeyPEM()));
    }

    private int serve(HttpServerOptions options, Handler<HttpServerRequest> handler) {
        String host = options.getHost().equals("0.0.0.0") ? "127.0.0.1" : options.getHost();
        return Await.result(vertx.createHttpServer(
                                new HttpServerOptions(options).setHost(host).setPort(0))
                        .requestHandler(request -> {
                            requests.add(request);
                            request.body().onSuccess(body -> {
                                questions.add(body.toJsonObject());
                                handler.handle(request);
                            });
                        })
                        .listen())
                .actualPort();
    }

    private HookSource answering(String body) {
        return source(
                serve(new HttpServerOptions(), request -> request.response().end(body)));
    }

    private HookSource source(int port) {
        return source("http://127.0.0.1:" + port, List.of());
    }

    private HookSource source(String server, List<X509Certificate> trust) {
        return source(config(server, trust, 20_000));
    }

    private HookSource impatient(int port) {
        return source(config("http://127.0.0.1:" + port, List.of(), 700));
    }

    private HookSource source(HookConfig config) {
        try {
            ClaimBounds bounds = ClaimBounds.of(Set.of("gold"), Set.of(InetAddress.getByName("192.0.2.10")));
            PluginClaims claims = new PluginClaims(() -> bounds, false, System::currentTimeMillis);
            return new HookSource("accounts", new HookClient(vertx, config), new LoginVerdicts(claims));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static HookConfig config(String server, List<X509Certificate> trust, long timeout) {
        return new HookConfig(
                "accounts",
                URI.create(server + "/check?a=b"),
                Map.of("X-Key", new Secret(HEADER)),
                trust,
                false,
                4,
                timeout,
                AuthCacheConfig.NONE);
    }

    @CanIgnoreReturnValue
    private Answer ask(HookSource source, String user, String password) {
        return ask(source, user, password.getBytes(StandardCharsets.UTF_8));
    }

    @CanIgnoreReturnValue
    private Answer ask(HookSource source, String user, byte[] password) {
        AuthRequest request = request(user, password);
        return Await.result(Await.on(loop, () -> source.ask(request).compose(said -> source.judge(said, request))));
    }

    private String failure(HookSource source) {
        AuthRequest request = request("alice", new byte[] {'x'});
        Throwable failure =
                Await.failure(Await.on(loop, () -> source.ask(request).compose(said -> source.judge(said, request))));
        assertThat(failure).isInstanceOf(AuthException.class);
        return String.valueOf(failure.getMessage());
    }

    private static AuthRequest request(String user, byte[] password) {
        try {
            return new AuthRequest(
                    "s1", "public", InetAddress.getByName("192.0.2.7"), new UserPassword(user, password));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
