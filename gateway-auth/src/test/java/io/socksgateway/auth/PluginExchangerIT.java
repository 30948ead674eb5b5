package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.auth.plugin.Claims;
import io.socksgateway.auth.plugin.MethodVerticle;
import io.socksgateway.auth.plugin.Move;
import io.socksgateway.auth.plugin.Round;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.PluginClient;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.AuthenticatorConfig;
import io.socksgateway.core.config.PluginMethod;
import io.socksgateway.core.config.PluginThreading;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.MethodAnswer;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Hex;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** An owner of a method that says anything, on the event bus itself. */
class PluginExchangerIT {

    private static final PluginMethod METHOD = new PluginMethod(0x80, "test", 16, 8);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final long NOW = 1_000_000_000_000L; // 2001-09-09T01:46:40Z

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final Context loop = vertx.getOrCreateContext();
    private final Queue<JsonObject> asked = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private void says(String reply) {
        vertx.eventBus().<JsonObject>localConsumer("gateway.auth.v1.plugin.partner", message -> {
            asked.add(message.body().copy());
            message.reply(new JsonObject(reply.replace('\'', '"')));
        });
    }

    private static ExchangeRequest request(int round, String hex, @Nullable String state) {
        return new ExchangeRequest(
                "s1", "public", InetAddress.getLoopbackAddress(), 0x80, round, ByteBuffer.wrap(Hex.bytes(hex)), state);
    }

    private Future<MethodAnswer> ask(int round, String hex, @Nullable String state) {
        PluginExchanger exchanger = new PluginExchanger(
                "partner",
                METHOD,
                new PluginClient(bus, "partner", 20_000),
                new PluginClaims(() -> new ClaimBounds(Set.of("gold"), Set.of()), false, () -> NOW),
                new SparseLog(LoggerFactory.getLogger("plugins"), System::nanoTime));
        return Await.on(loop, () -> exchanger.exchange(request(round, hex, state)));
    }

    private MethodAnswer answer() {
        return Await.result(ask(1, "01 02 03 04", "s"));
    }

    private static ByteBuffer octets(String hex) {
        return ByteBuffer.wrap(Hex.bytes(hex));
    }

    @Test
    void isAskedInTheWordsOfTheContract() {
        says("{'result':'continue'}");

        assertThat(Await.result(ask(0, "", null))).isEqualTo(new MethodAnswer.Continue(0, NOTHING, 0, null));
        assertThat(Await.result(ask(1, "ff fe 61", "mine"))).isInstanceOf(MethodAnswer.Continue.class);
        assertThat(asked).containsExactly(new JsonObject("""
                                {"version":1,"ask":"exchange","method":"test","round":0,"octets":"",
                                 "client":"127.0.0.1","listener":"public","session":"s1"}"""), new JsonObject("""
                                {"version":1,"ask":"exchange","method":"test","round":1,"octets":"__5h","state":"mine",
                                 "client":"127.0.0.1","listener":"public","session":"s1"}"""));
    }

    @Test
    void goesOnWithAllThatItSays() {
        says("{'result':'continue','consumed':4,'send':'__5h','need':16,'state':'{}'}");

        assertThat(answer()).isEqualTo(new MethodAnswer.Continue(4, octets("ff fe 61"), 16, "{}"));
    }

    @Test
    void acceptsPlainBase64AndClaims() {
        says("{'version':1,'result':'accepted','consumed':2,'send':'//5hYQ==','user':'alice','groups':['staff'],"
                + "'quota':'gold','expiry':'2001-09-09T01:46:41Z'}");

        assertThat(answer())
                .isEqualTo(new MethodAnswer.Accepted(
                        new Identity("alice", Set.of("staff"), "gold", null, NOW + 1_000, "partner"),
                        2,
                        octets("ff fe 61 61")));
    }

    @Test
    void rejectsWithOctetsAndAReason() {
        says("{'result':'rejected','send':'AA','reason':'no'}");

        assertThat(answer()).isEqualTo(new MethodAnswer.Rejected(octets("00"), "no"));
    }

    @Test
    void rejectsWithoutEither() {
        says("{'result':'rejected'}");

        assertThat(answer()).isEqualTo(new MethodAnswer.Rejected(NOTHING, "no reason given"));
    }

    @Test
    void rejectsWhatHasExpired() {
        says("{'result':'accepted','user':'alice','expiry':'2001-09-09T01:46:40Z'}");

        assertThat(answer()).isEqualTo(new MethodAnswer.Rejected(NOTHING, "the claims have expired"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                           | answers without a result",
                "{'result':'unknown'}                         | a result that there is not",
                "{'result':'continue','consumed':5}           | consumed: expected a whole number from 0 to 4",
                "{'result':'continue','consumed':-1}          | consumed: expected a whole number from 0 to 4",
                "{'result':'continue','consumed':1.5}         | consumed: expected a whole number from 0 to 4",
                "{'result':'continue','consumed':4294967297}  | consumed: expected a whole number from 0 to 4",
                "{'result':'continue','need':17}              | need: expected a whole number from 0 to 16",
                "{'result':'continue','state':{}}             | state: expected a string of at most 8192",
                "{'result':'continue','send':'!'}             | send: expected at most 16 octets in base64url",
                "{'result':'continue','send':1}               | send: expected a string",
                "{'result':'continue','send':'AAAAAAAAAAAAAAAAAAAAAAA'} | send: expected at most 16 octets in base64url",
                "{'result':'continue','user':'alice'}         | a key that does not belong there",
                "{'result':'accepted'}                        | accepts nobody: user is missing",
                "{'result':'accepted','user':'a','state':'x'} | a key that does not belong there",
                "{'result':'accepted','user':'a','quota':'x'} | claims a quota that the configuration does not have",
                "{'result':'rejected','consumed':1}           | a key that does not belong there",
            })
    void failsOnNonsense(String reply, String why) {
        says(reply);

        assertThat(Await.failure(ask(1, "01 02 03 04", "s")))
                .isInstanceOf(ReportedException.class)
                .hasMessageStartingWith("authenticator partner: ")
                .hasMessageContaining(why);
    }

    @Test
    void failsOnSilence() {
        assertThat(Await.failure(ask(0, "", null))).hasMessageContaining("nobody listens at");
    }

    /** Accepts whoever says the one octet that it has said before, plus one. */
    public static final class PlusOne extends MethodVerticle {
        @Override
        protected Future<Move> exchange(Round round) {
            if (round.number() == 0) {
                int challenge = round.session().length();
                return Future.succeededFuture(Move.next()
                        .sending(new byte[] {(byte) challenge})
                        .needing(1)
                        .remembering("" + challenge));
            }
            boolean right = round.octets()[0] == Integer.parseInt(round.state()) + 1;
            return Future.succeededFuture(
                    right
                            ? Move.accepted(Claims.NONE.user(round.listener()).expiry(Instant.MAX))
                                    .consuming(1)
                            : Move.rejected("not one more"));
        }
    }

    @Test
    void aVerticleInJavaAnswersWithItsInstancesTakingTurns() {
        AuthConfig config = new AuthConfig(
                List.of(new AuthenticatorConfig.Verticle(
                        "partner",
                        PlusOne.class.getName(),
                        new JsonObject(),
                        Path.of("nowhere"),
                        20_000,
                        0,
                        2,
                        PluginThreading.EVENT_LOOP,
                        false,
                        METHOD)),
                List.of());
        Await.result(vertx.deployVerticle(new AuthVerticle(bus, config, 20_000)));
        AuthClient client = new AuthClient(bus, 20_000);

        assertThat(Await.result(client.exchange(request(0, "", null))))
                .isEqualTo(new MethodAnswer.Continue(0, octets("02"), 1, "2"));
        assertThat(Await.result(client.exchange(request(1, "03 05", "2"))))
                .isInstanceOfSatisfying(MethodAnswer.Accepted.class, accepted -> {
                    assertThat(accepted.consumed()).isEqualTo(1);
                    assertThat(accepted.identity().user()).isEqualTo("public");
                    assertThat(accepted.identity().source()).isEqualTo("partner");
                });
        assertThat(Await.result(client.exchange(request(1, "04", "2"))))
                .isEqualTo(new MethodAnswer.Rejected(NOTHING, "not one more"));
    }

    @Test
    void aMethodThatNobodyOwnsIsAFailure() {
        Await.result(vertx.deployVerticle(new AuthVerticle(bus, new AuthConfig(List.of(), List.of()), 5_000)));

        assertThat(Await.failure(new AuthClient(bus, 5_000).exchange(request(0, "", null))))
                .hasMessage("method 128 has no owner");
    }
}
