package io.socksgateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.bus.AuthClient;
import io.socksgateway.core.bus.GatewayBus;
import io.socksgateway.core.bus.GssOutcome;
import io.socksgateway.core.bus.Standing;
import io.socksgateway.core.config.AuthConfig;
import io.socksgateway.core.config.GssapiConfig;
import io.socksgateway.core.config.Secret;
import io.socksgateway.core.session.EndReason;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.session.SessionRecord;
import io.socksgateway.core.wire.Protection;
import io.socksgateway.testkit.Await;
import io.socksgateway.testkit.CoreGateway;
import io.socksgateway.testkit.Eventually;
import io.socksgateway.testkit.GssClient;
import io.socksgateway.testkit.Hex;
import io.socksgateway.testkit.KerberosInitiator;
import io.socksgateway.testkit.KerberosRealm;
import io.socksgateway.testkit.LogCapture;
import io.socksgateway.testkit.Octets;
import io.socksgateway.testkit.SocksClient;
import io.socksgateway.testkit.TestTarget;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients with tickets of a real KDC, through a whole gateway. */
class KerberosIT {

    private static final KerberosRealm REALM = KerberosRealm.shared();
    private static final int MIB = 1 << 20;
    private static final List<Protection> LEVELS =
            List.of(Protection.CONFIDENTIALITY, Protection.INTEGRITY, Protection.SELECTIVE);

    private final Vertx vertx = Vertx.vertx();
    private final GatewayBus bus = GatewayBus.install(vertx);
    private final AuthClient auth = new AuthClient(bus, 20_000);
    private final BlockingQueue<GssOutcome> outcomes = new LinkedBlockingQueue<>();
    private final CoreGateway gateway = CoreGateway.setup()
            .gss(request -> auth.accept(request).onSuccess(outcomes::add))
            .start();
    private Path keytab;

    @BeforeEach
    void copyKeytab(@TempDir Path folder) throws Exception {
        keytab = folder.resolve("socks.keytab");
        Files.copy(REALM.keytab(), keytab);
    }

    @AfterEach
    void stop() {
        gateway.close();
        Await.result(vertx.close());
    }

    private GssapiConfig config(List<Protection> levels, boolean nec, Set<String> realms) {
        return config(levels, nec, realms, 0);
    }

    private GssapiConfig config(List<Protection> levels, boolean nec, Set<String> realms, long maxAge) {
        return new GssapiConfig(
                "krb",
                keytab,
                List.of(KerberosRealm.SERVICE),
                levels,
                nec,
                realms,
                List.of(new GssapiConfig.User("bob@" + KerberosRealm.NAME, "robert", Set.of("mapped"))),
                Set.of("kerberos"),
                maxAge);
    }

    private void deploy() {
        deploy(config(LEVELS, false, Set.of(KerberosRealm.NAME)));
    }

    private void deploy(GssapiConfig config) {
        AuthConfig.User alice = new AuthConfig.User("alice", new Secret("any"), Set.of("staff"));
        AuthConfig all = new AuthConfig(List.of(config), List.of(alice));
        Await.result(vertx.deployVerticle(new AuthVerticle(bus, all, 20_000)));
    }

    private Socket raw() throws Exception {
        return SocksClient.connect(gateway.address()).socket();
    }

    private static KerberosInitiator initiator(String client) throws Exception {
        return KerberosInitiator.of(REALM.login(client), KerberosRealm.SERVICE);
    }

    private GssClient established(String client) throws Exception {
        return GssClient.greet(raw(), initiator(client)).establish();
    }

    private void assertAborted(KerberosInitiator initiator, String why) throws Exception {
        try (Socket raw = raw()) {
            GssClient client = GssClient.greet(raw, initiator);
            assertThatThrownBy(client::establish).isInstanceOf(GssClient.AbortedException.class);
        }
        assertRefused(why);
    }

    private void assertRefused(String why) throws Exception {
        assertThat(outcomes.poll(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(GssOutcome.NoContext.class, refused -> assertThat(refused.reason())
                        .contains(why));
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.AUTH_FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"INTEGRITY", "CONFIDENTIALITY", "SELECTIVE"})
    void bulkBothWaysAtEachLevel(Protection level) throws Exception {
        deploy();
        try (TestTarget target = TestTarget.manual();
                SocksClient client = SocksClient.of(established("alice").wrap(level))) {
            client.tunnelTo(target.address());
            Socket far = target.accept();
            CompletableFuture<Void> up = sending(client.socket());
            CompletableFuture<Void> down = sending(far);
            CompletableFuture<String> atTarget = receiving(far);
            assertThat(Octets.digest(client.socket().getInputStream(), 4 * MIB)).isEqualTo(Octets.digest(4 * MIB));
            assertThat(atTarget.get(60, TimeUnit.SECONDS)).isEqualTo(Octets.digest(4 * MIB));
            CompletableFuture.allOf(up, down).get(60, TimeUnit.SECONDS);
            client.finish();
            assertThat(far.getInputStream().read()).isEqualTo(-1);
            far.close();
            client.expectEnd();
        }
        SessionRecord record = gateway.nextRecord();
        assertThat(record.user()).isEqualTo("alice");
        assertThat(record.bytesUp()).isEqualTo(4 * MIB);
        assertThat(record.bytesDown()).isEqualTo(4 * MIB);
        assertThat(record.reason()).isEqualTo(EndReason.CLIENT_CLOSED);
    }

    private static CompletableFuture<Void> sending(Socket socket) {
        return CompletableFuture.runAsync(() -> {
            try {
                Octets.send(socket.getOutputStream(), 4 * MIB);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static CompletableFuture<String> receiving(Socket socket) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Octets.digest(socket.getInputStream(), 4 * MIB);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void whoItIsAndWhichGroupsItIsIn() throws Exception {
        deploy();
        assertThat(identityOf("alice")).isEqualTo(new Identity("alice", Set.of("kerberos", "staff")).from("krb"));
        assertThat(identityOf("bob")).isEqualTo(new Identity("robert", Set.of("kerberos", "mapped")).from("krb"));
        assertThat(identityOf("host/web.example.com"))
                .isEqualTo(new Identity("host/web.example.com", Set.of("kerberos")).from("krb"));
    }

    private Identity identityOf(String client) throws Exception {
        assertThat(established(client)).isNotNull();
        return ((GssOutcome.Established) outcomes.poll(30, TimeUnit.SECONDS)).identity();
    }

    @Test
    void aRecheckKnowsThem() {
        deploy();
        assertThat(standing("alice", "kerberos", "staff")).isEqualTo(Standing.GOOD);
        assertThat(standing("alice", "kerberos", "admins")).isEqualTo(Standing.CHANGED);
        assertThat(standing("robert", "mapped")).isEqualTo(Standing.GOOD);
    }

    private Standing standing(String user, String... groups) {
        return Await.result(auth.standing(new Identity(user, Set.of(groups)).from("krb")));
    }

    @Test
    void aClientOfARealmThatIsNotOurs() throws Exception {
        deploy(config(LEVELS, false, Set.of()));
        assertAborted(initiator("alice"), "alice@TEST.EXAMPLE may not come in");
        assertThat(identityOf("bob").user()).isEqualTo("robert");
    }

    @Test
    void aTicketForAServiceThatThereIsNoKeyOf() throws Exception {
        deploy();
        assertAborted(KerberosInitiator.of(REALM.login("alice"), KerberosRealm.OTHER_SERVICE), "Mechanism level");
    }

    /** There may be keys in a keytab that are not for us. */
    @Test
    void aTicketForAServiceThatWeAreNot() throws Exception {
        byte[] other = Files.readAllBytes(REALM.otherKeytab());
        Files.write(keytab, Arrays.copyOfRange(other, 2, other.length), StandardOpenOption.APPEND);
        deploy();
        assertAborted(
                KerberosInitiator.of(REALM.login("alice"), KerberosRealm.OTHER_SERVICE),
                "its ticket is for " + KerberosRealm.OTHER_SERVICE);
        assertThat(identityOf("alice").user()).isEqualTo("alice");
    }

    @Test
    void aTokenThatWasThereBefore() throws Exception {
        deploy();
        byte[] token = initiator("alice").next(new byte[0]);
        assertThat(sent(token)).startsWith("01 01");
        assertThat(outcomes.poll(30, TimeUnit.SECONDS)).isInstanceOf(GssOutcome.Established.class);
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.CLIENT_CLOSED);
        assertThat(sent(token)).isEqualTo("01 ff");
        assertRefused("replay");
    }

    @Test
    void noiseAndATokenThatWasChanged() throws Exception {
        deploy();
        byte[] token = initiator("alice").next(new byte[0]);
        try (LogCapture log = LogCapture.open()) {
            for (int at : new int[] {0, token.length / 2, token.length - 1}) {
                byte[] changed = token.clone();
                changed[at] ^= 0x55;
                assertThat(sent(changed)).as("octet %d", at).isEqualTo("01 ff");
                assertRefused("");
            }
            assertThat(sent(new byte[] {1})).isEqualTo("01 ff");
            assertRefused("");
            assertThat(sent(new byte[65_535])).isEqualTo("01 ff");
            assertRefused("");
            assertThat(String.join("\n", log.all()))
                    .doesNotContain(Hex.text(token).substring(0, 60));
        }
    }

    /** All that is answered to a first token, when the client has nothing more to say. */
    private String sent(byte[] token) throws Exception {
        try (Socket raw = raw()) {
            raw.getOutputStream().write(Hex.bytes("05 01 01 01 01 %04x".formatted(token.length)));
            raw.getOutputStream().write(token);
            assertThat(Hex.text(raw.getInputStream().readNBytes(2))).isEqualTo("05 01");
            String answer = Hex.text(raw.getInputStream().readNBytes(2));
            if (answer.equals("01 ff")) {
                assertThat(raw.getInputStream().read()).isEqualTo(-1);
            }
            return answer;
        }
    }

    @Test
    void aNewKeyCountsAtOnce() throws Exception {
        deploy();
        Path older = keytab.resolveSibling("older.keytab");
        Files.move(keytab, older);
        Files.copy(REALM.otherKeytab(), keytab);
        assertAborted(initiator("alice"), "");
        Files.move(older, keytab, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(keytab, FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(identityOf("alice").user()).isEqualTo("alice");
    }

    @Test
    void messagesWithoutNumbersAreNotAgreedOn() throws Exception {
        deploy();
        GssClient client = GssClient.greet(raw(), initiator("alice").modest()).establish();
        assertThatThrownBy(() -> client.ask(Protection.INTEGRITY)).isInstanceOf(GssClient.AbortedException.class);
        assertThat(gateway.nextRecord().reason()).isEqualTo(EndReason.AUTH_FAILED);
    }

    @Test
    void theServersChoice() throws Exception {
        deploy(config(List.of(Protection.INTEGRITY), false, Set.of(KerberosRealm.NAME)));
        assertThat(established("alice").ask(Protection.CONFIDENTIALITY)).isEqualTo(Protection.INTEGRITY);
        GssClient nec = established("alice");
        assertThatThrownBy(() -> nec.askInTheClear(Protection.CONFIDENTIALITY))
                .isInstanceOf(GssClient.AbortedException.class);
    }

    @Test
    void withoutProtectionAndForNecNothingIsWrapped() throws Exception {
        deploy(config(List.of(Protection.NONE), true, Set.of(KerberosRealm.NAME)));
        try (TestTarget target = TestTarget.echo()) {
            Socket plain = raw();
            assertThat(GssClient.greet(plain, initiator("alice")).establish().ask(Protection.CONFIDENTIALITY))
                    .isEqualTo(Protection.NONE);
            SocksClient.of(plain)
                    .tunnelTo(target.address())
                    .send("07")
                    .expect("07")
                    .close();
            Socket nec = raw();
            assertThat(GssClient.greet(nec, initiator("alice")).establish().askInTheClear(Protection.CONFIDENTIALITY))
                    .isEqualTo(Protection.NONE);
            SocksClient.of(nec)
                    .tunnelTo(target.address())
                    .send("08")
                    .expect("08")
                    .close();
        }
    }

    @Test
    void sessionsEndSomeTimeAfterTheLoginIfThatIsWanted() throws Exception {
        long before = System.currentTimeMillis();
        KerberosInitiator alice = initiator("alice");
        deploy(config(LEVELS, false, Set.of(KerberosRealm.NAME), 3_600_000));
        try (Socket raw = raw()) {
            GssClient unused = GssClient.greet(raw, alice).establish();
            assertThat(outcomes.poll(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(GssOutcome.Established.class, established -> assertThat(
                                    established.identity().expiresAt())
                            // Kerberos counts in seconds
                            .isBetween(before + 3_600_000 - 1_000, System.currentTimeMillis() + 3_600_000));
        }
    }

    @Test
    void whoHasLoggedInTooLongAgoIsRefused() throws Exception {
        deploy(config(LEVELS, false, Set.of(KerberosRealm.NAME), 1));
        KerberosInitiator alice = initiator("alice");
        long login = System.currentTimeMillis();
        Eventually.isTrue("a second has begun", () -> System.currentTimeMillis() / 1_000 > login / 1_000);
        assertAborted(alice, "alice@" + KerberosRealm.NAME + " has logged in to Kerberos longer ago than maxAge");
    }

    @Test
    void aKeytabThatIsWrongIsSaidAtTheStart() throws Exception {
        Files.copy(REALM.otherKeytab(), keytab, StandardCopyOption.REPLACE_EXISTING);
        AuthConfig wrong = new AuthConfig(List.of(config(LEVELS, false, Set.of())), List.of());
        assertThat(Await.failure(vertx.deployVerticle(new AuthVerticle(bus, wrong, 5_000))))
                .hasMessageContaining("auth.authenticators[0].principal: \"" + KerberosRealm.SERVICE + "\" has no key");
        assertThat(AuthCheck.of(wrong).errors()).hasSize(1);
    }
}
