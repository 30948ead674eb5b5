package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.address.Cidr;
import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.AuthOutcome;
import io.socksgateway.core.bus.AuthRequest;
import io.socksgateway.core.bus.Ban;
import io.socksgateway.core.bus.BanFilter;
import io.socksgateway.core.bus.BansClient;
import io.socksgateway.core.bus.BusAddresses;
import io.socksgateway.core.bus.ClusterBus;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.quota.BackoffRule;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.LoginCounts;
import io.socksgateway.core.store.LocalFailureStore;
import io.socksgateway.core.wire.UserPassword;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.LogCapture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who guesses passwords, as seen through the verticle that answers for them. */
class BackoffIT {

    private static final BackoffRule RULE = new BackoffRule(3, 60_000, 60_000, 600_000);
    private static final AuthOutcome WRONG = new AuthOutcome.Rejected("wrong password");
    private static final AuthOutcome ALICE =
            new AuthOutcome.Accepted(new Identity("alice", Set.of()).from("auth.users"));

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final AuthClient client = new AuthClient(bus, 10_000);
    private final ClusterBus cluster = ClusterBus.of(vertx, "edge-1");
    private final BansClient bans = new BansClient(cluster, 5_000);
    private final LoginCounts counts = new LoginCounts();
    private String alicesPassword = "right";
    private final AtomicInteger checked = new AtomicInteger();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private void deploy(BackoffRule rule) {
        HashingSettings real = HashingSettings.of(10_000);
        HashingSettings counting =
                new HashingSettings(2, real.patience(), real.remember(), real.clock(), (hash, password) -> {
                    checked.incrementAndGet();
                    return hash.verify(password);
                });
        AuthConfig config = new AuthConfig(
                List.of(),
                List.of(
                        new AuthConfig.User("alice", new Secret(alicesPassword), Set.of()),
                        new AuthConfig.User("bob", new Secret("bob's"), Set.of())),
                rule,
                0);
        BackoffServices services = new BackoffServices(cluster, new LocalFailureStore(), counts);
        Await.result(vertx.deployVerticle(new AuthVerticle(bus, config, 10_000, counting, 1_000, services)));
    }

    private AuthOutcome ask(String from, String user, String password) {
        return Await.result(client.authenticate(request(from, user, password)));
    }

    private static AuthRequest request(String from, String user, String password) {
        return new AuthRequest("s1", "public", Addresses.parse(from).orElseThrow(), UserPassword.of(user, password));
    }

    private void assertBanned(String from, String user, String password) {
        int before = checked.get();
        assertThat(ask(from, user, password)).isInstanceOf(AuthOutcome.Rejected.class);
        assertThat(checked).as("nobody is asked").hasValue(before);
    }

    @Test
    void afterTooManyFailuresTheRightPasswordIsWrongToo() {
        deploy(RULE);
        try (LogCapture log = LogCapture.open()) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask("192.0.2.7", "alice", "guess" + i)).isEqualTo(WRONG);
            }
            assertBanned("192.0.2.7", "alice", "right");
            assertBanned("192.0.2.7", "bob", "bob's");
            assertThat(log.await("client 192.0.2.7 banned for 60 s after 3 failed logins in 60 s"))
                    .isNotEmpty();
            assertThat(log.await("user \"alice\" from 192.0.2.0/24 banned")).isNotEmpty();
            assertThat(log.all()).noneMatch(line -> line.contains("guess"));
        }
        assertThat(counts.failed().sum()).isEqualTo(3);
        assertThat(counts.banned().sum()).isEqualTo(2);
        assertThat(counts.bans().sum()).isEqualTo(2);
    }

    @Test
    void nobodyLocksAUserOutWhoIsElsewhere() {
        deploy(RULE);
        for (int i = 0; i < 3; i++) {
            assertThat(ask("192.0.2." + i, "alice", "guess" + i)).isEqualTo(WRONG);
        }
        assertBanned("192.0.2.200", "alice", "right");
        assertThat(ask("192.0.2.200", "bob", "bob's")).isInstanceOf(AuthOutcome.Accepted.class);
        assertThat(ask("198.51.100.1", "alice", "right")).isEqualTo(ALICE);
    }

    @Test
    void aCustomerWithAllOfItsIpv6AddressesIsOneClient() {
        deploy(RULE);
        for (int i = 0; i < 3; i++) {
            assertThat(ask("2001:db8:1:2::" + i, "user" + i, "guess")).isInstanceOf(AuthOutcome.Rejected.class);
        }
        assertBanned("2001:db8:1:2:3:4:5:6", "alice", "right");
        assertThat(ask("2001:db8:1:3::1", "alice", "right")).isEqualTo(ALICE);
    }

    @Test
    void aSuccessForgivesTyping() {
        deploy(RULE);
        for (int i = 0; i < 10; i++) {
            assertThat(ask("192.0.2.7", "alice", "tpyo")).isEqualTo(WRONG);
            assertThat(ask("192.0.2.7", "alice", "rihgt")).isEqualTo(WRONG);
            assertThat(ask("192.0.2.7", "alice", "right")).isEqualTo(ALICE);
        }
    }

    @Test
    void aPasswordOfOnesOwnIsNoMeansToGuessAtThoseOfOthers() {
        deploy(RULE);
        for (int i = 0; i < 3; i++) {
            assertThat(ask("192.0.2.7", "alice", "guess" + i)).isEqualTo(WRONG);
            if (i < 2) {
                assertThat(ask("192.0.2.7", "bob", "bob's")).isInstanceOf(AuthOutcome.Accepted.class);
            }
        }
        assertBanned("192.0.2.7", "bob", "bob's");
    }

    /** A thousand at once are no better than one after the other. */
    @Test
    void guessesAtTheSameTimeAreCountedLikeOthers() {
        deploy(RULE);
        List<Future<AuthOutcome>> guesses = IntStream.range(0, 1_000)
                .mapToObj(i -> client.authenticate(request("192.0.2.7", "alice", i == 999 ? "right" : "guess" + i)))
                .toList();
        assertThat(Await.result(Future.all(guesses)).<AuthOutcome>list())
                .hasSize(1_000)
                .allMatch(AuthOutcome.Rejected.class::isInstance);
        assertThat(checked).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void manyAtOnceThatAreRightAllGetIn() {
        deploy(RULE);
        List<Future<AuthOutcome>> logins = IntStream.range(0, 2_000)
                .mapToObj(i -> client.authenticate(request("192.0.2.7", "alice", "right")))
                .toList();
        assertThat(Await.result(Future.all(logins)).<AuthOutcome>list()).containsOnly(ALICE);
        assertThat(checked).hasValue(1);
    }

    @Test
    void bansAreListedAndLifted() {
        deploy(RULE);
        for (int i = 0; i < 3; i++) {
            assertThat(ask("192.0.2.7", "Alice", "guess" + i)).isInstanceOf(AuthOutcome.Rejected.class);
        }
        BansClient.Listing listing = Await.result(bans.list());
        assertThat(listing.silent()).isEmpty();
        assertThat(listing.bans()).extracting(Ban::client).containsExactlyInAnyOrder("192.0.2.7", "192.0.2.0/24");
        assertThat(listing.bans()).extracting(Ban::user).containsExactlyInAnyOrder("", "alice");
        assertThat(listing.bans()).allMatch(ban -> ban.millisLeft() > 50_000 && ban.millisLeft() <= 60_000);

        assertThat(listing.total()).isEqualTo(2);

        assertThat(Await.result(bans.lift(BanFilter.id("client/192.0.2.7"))).ids())
                .containsExactly("client/192.0.2.7");
        assertBanned("192.0.2.7", "alice", "right");
        assertThat(Await.result(bans.lift(BanFilter.user("Alice"))).ids()).containsExactly("user/192.0.2.0/24/alice");
        assertThat(ask("192.0.2.7", "alice", "right")).isEqualTo(ALICE);
        assertThat(Await.result(bans.list()).bans()).isEmpty();
        assertThat(ask("192.0.2.7", "alice", "guess"))
                .as("counted from the beginning")
                .isEqualTo(WRONG);
        assertThat(ask("192.0.2.7", "alice", "right")).isEqualTo(ALICE);
    }

    /** By the only thing that whoever is locked out can tell of themselves. */
    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.8", "2001:db8:1:2::7, 2001:db8:1:3::7"})
    void nothingKeepsAClientOutWhoseAddressIsLifted(String address, String neighbour) {
        deploy(RULE);
        for (int i = 0; i < 3; i++) {
            assertThat(ask(address, "alice", "guess" + i)).isEqualTo(WRONG);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(ask(neighbour, "bob", "guess" + i)).isEqualTo(WRONG);
        }
        assertBanned(address, "alice", "right");
        assertThat(Await.result(bans.lift(BanFilter.client(range("198.51.100.7"))))
                        .ids())
                .isEmpty();

        List<String> lifted =
                Await.result(bans.lift(BanFilter.client(range(address)))).ids();

        assertThat(lifted).as("the address, and both users from its network").hasSize(3);
        assertThat(ask(address, "alice", "right")).isEqualTo(ALICE);
        assertBanned(neighbour, "bob", "bob's");
    }

    private static Cidr range(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    @Test
    void aLoginIsToldByWhichBansItFails() {
        deploy(RULE);
        for (int i = 0; i < 3; i++) {
            assertThat(ask("192.0.2." + i, "Alice", "guess" + i)).isInstanceOf(AuthOutcome.Rejected.class);
        }
        assertThat(bansOf("192.0.2.9", "aLICE")).extracting(Ban::id).containsExactly("user/192.0.2.0/24/alice");
        assertThat(bansOf("192.0.2.9", "bob")).isEmpty();
        assertThat(bansOf("198.51.100.1", "alice")).isEmpty();
    }

    private List<Ban> bansOf(String client, String user) {
        return Await.result(bans.of(Addresses.parse(client).orElseThrow(), user));
    }

    @Test
    void moreBansThanAreListedAreCounted() throws Exception {
        deploy(RULE);
        JsonArray many = new JsonArray();
        IntStream.range(0, BansClient.MAX + 234)
                .forEach(i -> many.add(new JsonObject()
                        .put("id", "client/10.0." + i / 256 + "." + i % 256)
                        .put("millisLeft", 60_000)
                        .put("failures", 0)));
        vertx.eventBus()
                .publish(
                        BusAddresses.FAILED_LOGIN,
                        new JsonObject().put("from", "another").put("bans", many));
        Eventually.isTrue("they are known", () -> Await.result(bans.list()).total() == BansClient.MAX + 234);
        assertThat(Await.result(bans.list()).bans()).hasSize(BansClient.MAX);
        assertThat(bansOf("10.0.4.200", "alice")).as("whichever it is").hasSize(1);
        assertThat(Await.result(bans.lift(BanFilter.client(range("10.0.0.0/8"))))
                        .ids())
                .hasSize(BansClient.MAX + 234);
    }

    /** What another node has found out. */
    @Test
    void aBanThatIsHeardOfHolds() throws Exception {
        deploy(RULE);
        vertx.eventBus().publish(BusAddresses.FAILED_LOGIN, new JsonObject("""
                {"from":"another","bans":[{"id":"client/192.0.2.7","millisLeft":60000,"failures":0}]}"""));
        Eventually.isTrue("it is known", () -> !Await.result(bans.list()).bans().isEmpty());
        assertThat(ask("192.0.2.7", "alice", "right")).isInstanceOf(AuthOutcome.Rejected.class);
        assertThat(checked)
                .as("a decoy, as it is not known yet how long a wrong password takes")
                .hasValue(1);
        assertBanned("192.0.2.7", "alice", "right");
    }

    /** Otherwise the time would tell who is banned. */
    @Test
    void aBannedClientWaitsAsLongAsForAWrongPassword() {
        alicesPassword = Vectors.ARGON2ID;
        deploy(RULE);
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            quickest = Math.min(quickest, nanosOf("guess" + i));
        }
        // measured behind the bus, and timers are exact to a millisecond
        assertThat(nanosOf(Vectors.HORSE)).isGreaterThan(quickest / 2);
        assertThat(counts.banned().sum()).isOne();
    }

    private long nanosOf(String password) {
        long begun = System.nanoTime();
        assertThat(ask("192.0.2.7", "alice", password)).isInstanceOf(AuthOutcome.Rejected.class);
        return System.nanoTime() - begun;
    }

    @Test
    void switchedOffItBansNobody() {
        deploy(BackoffRule.OFF);
        for (int i = 0; i < 50; i++) {
            assertThat(ask("192.0.2.7", "alice", "guess" + i)).isEqualTo(WRONG);
        }
        assertThat(ask("192.0.2.7", "alice", "right")).isEqualTo(ALICE);
        assertThat(counts.failed().sum()).isEqualTo(50);
    }
}
