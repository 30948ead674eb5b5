package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.PluginClient;
import io.socksgateway.core.net.SparseLog;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.KeepsSecret;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A plug-in that says anything, on the event bus itself. */
@KeepsSecret(PluginAuthenticatorIT.PASSWORD)
class PluginAuthenticatorIT {

    private static final InetAddress EGRESS = Addresses.parse("192.0.2.10").orElseThrow();
    private static final long NOW = 1_000_000_000_000L; // 2001-09-09T01:46:40Z
    static final String PASSWORD = "pa55 wörd";

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final Context loop = vertx.getOrCreateContext();
    private final Queue<JsonObject> asked = new ConcurrentLinkedQueue<>();
    private final AtomicLong nanos = new AtomicLong();
    private final LogCapture log = LogCapture.open();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
        assertThat(log.all()).noneMatch(line -> line.contains(PASSWORD));
        log.close();
    }

    private void plugin(Consumer<Message<JsonObject>> answer) {
        vertx.eventBus().<JsonObject>localConsumer("gateway.auth.v1.plugin.partner", message -> {
            asked.add(message.body().copy());
            answer.accept(message);
        });
    }

    private void says(String reply) {
        plugin(message -> message.reply(new JsonObject(reply.replace('\'', '"'))));
    }

    private PluginAuthenticator authenticator(boolean mayRename, boolean remembers) {
        return authenticator(mayRename, remembers, 20_000);
    }

    private PluginAuthenticator authenticator(boolean mayRename, boolean remembers, long timeout) {
        return new PluginAuthenticator(
                "partner",
                new PluginClient(bus, "partner", timeout),
                new PluginClaims(() -> new ClaimBounds(Set.of("gold"), Set.of(EGRESS)), mayRename, () -> NOW),
                remembers ? new LastSuccesses(1_000, nanos::get) : null,
                new SparseLog(LoggerFactory.getLogger("plugins"), System::nanoTime));
    }

    private Future<Answer> ask(PluginAuthenticator authenticator, UserPassword credentials) {
        AuthRequest request =
                new AuthRequest("s1", "public", Addresses.parse("2001:db8::7").orElseThrow(), credentials);
        return Await.on(loop, () -> authenticator.authenticate(request));
    }

    private Answer answer() {
        return Await.result(ask(authenticator(false, false), UserPassword.of("alice", PASSWORD)));
    }

    private String failure() {
        return failure(authenticator(false, false));
    }

    private String failure(PluginAuthenticator authenticator) {
        Throwable failure = Await.failure(ask(authenticator, UserPassword.of("alice", PASSWORD)));
        assertThat(failure).isInstanceOf(ReportedException.class);
        return String.valueOf(failure.getMessage());
    }

    @Test
    void isAskedInTheWordsOfTheContract() {
        says("{'result':'unknown'}");

        assertThat(answer()).isEqualTo(new Answer.Unknown(null));
        assertThat(asked).containsExactly(new JsonObject("""
                        {"version":1,"ask":"login","method":"userpass","user":"alice","password":"pa55 wörd",
                         "client":"2001:db8::7","listener":"public","session":"s1"}"""));
    }

    @Test
    void getsOctetsThatAreNoTextInBase64() {
        says("{'result':'unknown'}");
        byte[] octets = {(byte) 0xFF, 0, 'a'};

        assertThat(Await.result(ask(authenticator(false, false), new UserPassword("alice", octets))))
                .isInstanceOf(Answer.Unknown.class);
        JsonObject question = asked.remove();
        assertThat(question.getString("passwordOctets")).isEqualTo("_wBh");
        assertThat(question.fieldNames()).doesNotContain("password");
    }

    @Test
    void acceptsWithAllClaims() {
        says("{'version':1,'result':'accepted','user':'alice','groups':['staff','ops'],'quota':'gold',"
                + "'egress':'192.0.2.10','expiry':'2001-09-09T02:46:41+01:00'}");

        assertThat(answer())
                .isEqualTo(new Answer.Accepted(
                        new Identity("alice", Set.of("staff", "ops"), "gold", EGRESS, NOW + 1_000, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'result':'accepted'}",
                "{'result':'accepted','user':null,'groups':null,'quota':null,'egress':null,'expiry':null}",
                "{'result':'accepted','groups':[]}"
            })
    void acceptsWithoutClaims(String reply) {
        says(reply);

        assertThat(answer()).isEqualTo(new Answer.Accepted(new Identity("alice", Set.of())));
    }

    @Test
    void rejectsWhatHasExpired() {
        says("{'result':'accepted','expiry':'2001-09-09T01:46:40Z'}");

        assertThat(answer()).isEqualTo(new Answer.Rejected("the claims have expired"));
    }

    @Test
    void lastsVeryLongIfItSaysSo() {
        says("{'result':'accepted','expiry':'+292278994-08-17T07:12:55.807Z'}");

        assertThat(answer()).isInstanceOfSatisfying(Answer.Accepted.class, accepted -> assertThat(
                        accepted.identity().expiresAt())
                .isEqualTo(253_402_300_799_000L));
    }

    @Test
    void renamesOnlyIfItMay() {
        says("{'result':'accepted','user':'alice@example.com'}");

        assertThat(failure()).contains("accepts a user other than the one who logs in");
        assertThat(Await.result(ask(authenticator(true, false), UserPassword.of("alice", PASSWORD))))
                .isEqualTo(new Answer.Accepted(new Identity("alice@example.com", Set.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'result':'rejected','reason':'locked'}    | locked",
                "{'result':'rejected'}                      | wrong password",
                "{'result':'rejected','reason':' '}         | wrong password",
                "{'result':'rejected','reason':'a\\nb\\u001bc'} | a?b?c",
                "{'result':'rejected','reason':'no PASSWORD here'} | a reason that quotes the password",
            })
    void rejectsWithAReasonThatIsFitForTheLog(String reply, String reason) {
        says(reply.replace("PASSWORD", PASSWORD));

        assertThat(answer()).isEqualTo(new Answer.Rejected(reason));
    }

    @Test
    void cutsALongReason() {
        says("{'result':'rejected','reason':'" + "x".repeat(100_000) + "'}");

        assertThat(answer()).isEqualTo(new Answer.Rejected("x".repeat(200) + "…"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                             | answers without a result",
                "{'result':true}                                | result: expected a string",
                "{'result':'ok'}                                | a result that there is not",
                "{'result':'Accepted'}                          | a result that there is not",
                "{'result':'continue'}                          | a result that there is not",
                "{'result':'accepted','version':2}              | speaks another version of the contract",
                "{'result':'accepted','group':['staff']}        | a key that does not belong there (expected: egress, exp",
                "{'result':'rejected','user':'alice'}           | a key that does not belong there (expected: reason)",
                "{'result':'unknown','reason':'x'}              | a key that does not belong there (expected: none)",
                "{'result':'accepted','groups':'staff'}         | groups: expected a list of at most 256 names",
                "{'result':'accepted','groups':[1]}             | groups: expected a name of 1 to 255 octets",
                "{'result':'accepted','groups':[null]}          | groups: expected a name of 1 to 255 octets",
                "{'result':'accepted','groups':['']}            | groups: expected a name of 1 to 255 octets",
                "{'result':'accepted','user':['alice']}         | user: expected a name of 1 to 255 octets",
                "{'result':'accepted','user':'alice\\u0000'}    | user: expected a name of 1 to 255 octets",
                "{'result':'accepted','quota':'silver'}         | claims a quota that the configuration does not have",
                "{'result':'accepted','quota':1}                | quota: expected a name of 1 to 255 octets",
                "{'result':'accepted','egress':'192.0.2.11'}    | an egress address that is in neither egress.bind nor",
                "{'result':'accepted','egress':'gw.example'}    | an egress address that is in neither egress.bind nor",
                "{'result':'accepted','egress':3221225994}      | egress: expected a string",
                "{'result':'accepted','expiry':'tomorrow'}      | expiry: expected a time such as 2030-01-01T00:00:00Z",
                "{'result':'accepted','expiry':1000000000000}   | expiry: expected a string",
                "{'result':'rejected','reason':{}}              | reason: expected a string",
            })
    void deniesNonsense(String reply, String why) {
        says(reply);

        assertThat(failure()).startsWith("authenticator partner: ").contains(why);
    }

    @Test
    void deniesWhatIsTooLarge() {
        says("{'result':'accepted','groups':" + "[" + "'g',".repeat(256) + "'g']}");
        assertThat(failure()).contains("at most 256");
    }

    @Test
    void deniesANameThatIsTooLong() {
        says("{'result':'accepted','groups':['" + "é".repeat(128) + "']}");
        assertThat(failure()).contains("1 to 255 octets");
    }

    @Test
    void deniesWhatIsNoObject() {
        plugin(message -> message.reply("accepted"));
        assertThat(failure()).contains("something other than a JSON object");
    }

    @Test
    void deniesWhenItSaysNothingAtAll() {
        plugin(message -> message.reply(null));
        assertThat(failure()).contains("something other than a JSON object");
    }

    @Test
    void deniesSilence() {
        plugin(message -> {});
        assertThat(failure(authenticator(false, false, 300))).isEqualTo("authenticator partner: no answer in 300 ms");
    }

    @Test
    void deniesWhenNobodyIsThere() {
        assertThat(failure()).contains("nobody listens at gateway.auth.v1.plugin.partner");
    }

    @Test
    void deniesAFailureAndDoesNotRepeatItsWords() {
        plugin(message -> message.fail(7, "cannot reach the directory for " + message.body()));
        assertThat(failure()).isEqualTo("authenticator partner: it fails, with code 7");
    }

    @Test
    void logsAFloodInOneLine() {
        plugin(message -> message.fail(7, ""));
        PluginAuthenticator authenticator = authenticator(false, false);
        for (int i = 0; i < 20; i++) {
            assertThat(Await.failure(ask(authenticator, UserPassword.of("alice", PASSWORD))))
                    .isNotNull();
        }

        assertThat(log.all())
                .filteredOn(line -> line.startsWith("WARN"))
                .containsExactly("WARN authenticator partner: it fails, with code 7; logins are denied");
    }

    @Test
    void grantsAKnownLoginWhileThePluginFailsIfItIsToldTo() {
        PluginAuthenticator authenticator = authenticator(false, true);
        Queue<String> replies = new ConcurrentLinkedQueue<>();
        plugin(message -> {
            String reply = replies.poll();
            if (reply == null) {
                message.fail(1, "");
            } else {
                message.reply(new JsonObject(reply));
            }
        });
        UserPassword right = UserPassword.of("alice", PASSWORD);
        UserPassword wrong = UserPassword.of("alice", "wrong");
        Answer alice = new Answer.Accepted(new Identity("alice", Set.of("staff")));

        assertThat(Await.failure(ask(authenticator, right))).isInstanceOf(ReportedException.class);
        replies.add("{\"result\":\"accepted\",\"groups\":[\"staff\"]}");
        assertThat(Await.result(ask(authenticator, right))).isEqualTo(alice);
        assertThat(Await.result(ask(authenticator, right))).as("while it fails").isEqualTo(alice);
        assertThat(Await.failure(ask(authenticator, wrong))).isInstanceOf(ReportedException.class);

        replies.add("{\"result\":\"accept\"}");
        assertThat(Await.failure(ask(authenticator, right))).as("nonsense").hasMessageContaining("result");
        assertThat(Await.result(ask(authenticator, right))).isEqualTo(alice);

        nanos.addAndGet(1_000);
        assertThat(Await.failure(ask(authenticator, right))).as("too long ago").isNotNull();
    }

    @Test
    void forgetsALoginThatIsRejected() {
        PluginAuthenticator authenticator = authenticator(false, true);
        Queue<String> replies = new ConcurrentLinkedQueue<>();
        replies.add("{\"result\":\"accepted\"}");
        replies.add("{\"result\":\"rejected\"}");
        plugin(message -> {
            if (replies.isEmpty()) {
                message.fail(1, "");
            } else {
                message.reply(new JsonObject(replies.remove()));
            }
        });
        UserPassword right = UserPassword.of("alice", PASSWORD);

        assertThat(Await.result(ask(authenticator, right))).isInstanceOf(Answer.Accepted.class);
        assertThat(Await.result(ask(authenticator, right))).isInstanceOf(Answer.Rejected.class);
        assertThat(Await.failure(ask(authenticator, right))).isInstanceOf(ReportedException.class);
    }
}
