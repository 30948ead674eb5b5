package io.socksgateway.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.bus.ExchangeRequest;
import io.socksgateway.core.config.PluginMethod;
import io.socksgateway.core.config.TimeoutsConfig;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.MethodAnswer;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.HeldLoops;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.Limits;
import io.socksgateway.testkit.LogCapture;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A method of a plug-in on the wire, with a test for its owner. */
class PluginExchangeIT {

    private static final PluginMethod METHOD = new PluginMethod(0x80, "test", 1_024, 8);
    private static final Identity ALICE = new Identity("alice", Set.of("staff")).from("partner");

    private final List<ExchangeRequest> asked = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();

    private CoreGateway.Setup setup(Function<ExchangeRequest, Future<MethodAnswer>> owner) {
        return CoreGateway.setup().method(METHOD, request -> {
            asked.add(request);
            shown.add(Hex.text(request.octets().array()));
            return owner.apply(request);
        });
    }

    /** Asks for two octets, then accepts whatever they are. */
    private static Future<MethodAnswer> twoOctets(ExchangeRequest request) {
        return Future.succeededFuture(
                request.round() == 0
                        ? new MethodAnswer.Continue(0, octets("3f"), 2, "asked")
                        : new MethodAnswer.Accepted(ALICE, 2, octets("21")));
    }

    private static ByteBuffer octets(String hex) {
        return ByteBuffer.wrap(Hex.bytes(hex));
    }

    @Test
    void theOwnerTalksWithTheClientAndSaysWhoItIs() throws Exception {
        try (CoreGateway gateway = setup(PluginExchangeIT::twoOctets).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("05 01 80").expect("05 80 3f");
            client.send("61").send("62").expect("21");
            client.connectTo(target.address()).expectSuccess();
            client.send("2a").expect("2a").finish().expectEnd();

            SessionRecord record = gateway.nextRecord();
            assertThat(record.user()).isEqualTo("alice");
            assertThat(asked).extracting(ExchangeRequest::round).containsExactly(0, 1);
            assertThat(asked).extracting(ExchangeRequest::state).containsExactly(null, "asked");
            assertThat(asked).extracting(ExchangeRequest::session).containsOnly(record.id());
            assertThat(asked).extracting(ExchangeRequest::method).containsOnly(0x80);
            assertThat(shown).containsExactly("", "61 62");
            assertThat(asked.get(1).octets().array()).as("wiped").containsOnly(0);
        }
    }

    @Test
    void whatIsPipelinedBehindItIsNotLost() throws Exception {
        try (CoreGateway gateway = setup(PluginExchangeIT::twoOctets).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.send("05 02 00 80 61 62" + SocksClient.connectRequest(target.address()) + "2a 2b");
            client.expect("05 80 3f 21").expectSuccess();
            client.expect("2a 2b");
        }
    }

    @Test
    void whoDoesNotOfferItGetsTheNextMethod() throws Exception {
        try (CoreGateway gateway = setup(PluginExchangeIT::twoOctets).start();
                TestTarget target = TestTarget.echo();
                SocksClient client = gateway.client()) {
            client.tunnelTo(target.address()).send("2a").expect("2a");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void aRejectionIsTheLastThatTheClientHears() throws Exception {
        try (LogCapture log = LogCapture.open()) {
            assertRejected(
                    setup(request -> Future.succeededFuture(new MethodAnswer.Rejected(octets("6e 6f"), "not today")))
                            .timeouts(patient()),
                    "6e 6f",
                    0);
            assertThat(log.await("method 0x80 of 127.0.0.1 refused")).endsWith("not today");
        }
    }

    @Test
    void aFailureHasNoWords() throws Exception {
        assertRejected(
                setup(request -> Future.failedFuture("the plug-in is down")).timeouts(patient()), "", 0);
    }

    @Test
    void soHasSilence() throws Exception {
        assertRejected(
                setup(request -> Promise.<MethodAnswer>promise().future())
                        .timeouts(Limits.standard().withAuth(300).config()),
                "",
                300);
    }

    /** Nobody who waits for silence is answered in the time that the client waits. */
    private static TimeoutsConfig patient() {
        return Limits.standard().withAuth(120_000).config();
    }

    private static void assertRejected(CoreGateway.Setup setup, String said, long atLeast) throws Exception {
        try (CoreGateway gateway = setup.start();
                SocksClient client = gateway.client()) {
            long start = System.nanoTime();
            client.send("05 01 80").expect("05 80" + said).expectEnd();
            assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(atLeast);
            SessionRecord record = gateway.nextRecord();
            assertThat(record.reason()).isEqualTo(EndReason.AUTH_FAILED);
            assertThat(record.user()).isNull();
        }
    }

    @Test
    void aClientThatSaysTooLittleRunsOutOfTime() throws Exception {
        try (CoreGateway gateway = setup(PluginExchangeIT::twoOctets)
                        .timeouts(Limits.standard().withHandshake(400).config())
                        .start();
                SocksClient client =
                        HeldLoops.during(gateway.vertx(), () -> gateway.client().send("05 01 80 61"))) {
            client.expect("05 80 3f").expectEnd();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.TIMEOUT);
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void aClientThatLeavesIsNotAskedAboutAgain() throws Exception {
        Promise<MethodAnswer> answer = Promise.promise();
        try (CoreGateway gateway = setup(request -> answer.future()).start();
                SocksClient client = gateway.client()) {
            client.send("05 01 80").expect("05 80");
            Eventually.isTrue("asked", () -> asked.size() == 1);
            client.reset();
            assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
            answer.complete(new MethodAnswer.Continue(0, octets("3f"), 0, null));
        }
        assertThat(asked).hasSize(1);
    }
}
