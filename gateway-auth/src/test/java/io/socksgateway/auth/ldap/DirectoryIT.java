package io.socksgateway.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import io.socksgateway.core.config.LdapConfig;
import io.socksgateway.testkit.ClosedPort;
import io.socksgateway.testkit.KeepsSecret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@KeepsSecret(TestDirectory.PASSWORD)
class DirectoryIT {

    private static final DirectoryAnswer WRONG_PASSWORD = new DirectoryAnswer.Wrong("wrong password");
    private static final DirectoryAnswer ALICE = new DirectoryAnswer.Right("alice", Set.of("staff", "poets"));
    private static final LdapConfig.Groups MEMBER_OF = new LdapConfig.Groups(null, "", "memberOf");

    private TestDirectory server;

    @BeforeEach
    void start() throws Exception {
        server = TestDirectory.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void findsAUserAndBindsAsThatUser() {
        try (Directory directory = new Directory(server.searching())) {
            assertThat(login(directory, "alice", TestDirectory.PASSWORD)).isEqualTo(ALICE);
            assertThat(login(directory, "bob", "bobs")).isEqualTo(new DirectoryAnswer.Right("bob", Set.of("staff")));
            assertThat(login(directory, "alice", "wrong")).isEqualTo(WRONG_PASSWORD);
            assertThat(login(directory, "dave", "wrong")).isEqualTo(DirectoryAnswer.UNKNOWN);
        }
    }

    @Test
    void callsAUserWhatTheDirectoryDoes() {
        try (Directory directory = new Directory(
                server.config(TestDirectory.search("(|(uid={user})(mail={user}))"), TestDirectory.groups()))) {
            assertThat(login(directory, "ALICE", TestDirectory.PASSWORD)).isEqualTo(ALICE);
            assertThat(login(directory, " alice ", TestDirectory.PASSWORD)).isEqualTo(ALICE);
            assertThat(login(directory, "Alice@example.com", TestDirectory.PASSWORD))
                    .isEqualTo(ALICE);
        }
    }

    @Test
    void readsGroupsFromTheUsersOwnEntry() {
        try (Directory directory = new Directory(server.config(TestDirectory.search("(uid={user})"), MEMBER_OF))) {
            assertThat(login(directory, "alice", TestDirectory.PASSWORD))
                    .isEqualTo(new DirectoryAnswer.Right("alice", Set.of("ops", "on, call")));
            assertThat(login(directory, "bob", "bobs")).isEqualTo(new DirectoryAnswer.Right("bob", Set.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a*",
                "alice)(uid=*",
                "*)(|(uid=*",
                "alice\\2a",
                "\\61lice",
                "alice,ou=people",
                "(uid=alice)",
                "{dn}"
            })
    void noNameChangesTheFilter(String user) {
        try (Directory directory = new Directory(server.searching())) {
            assertThat(login(directory, user, TestDirectory.PASSWORD)).isEqualTo(DirectoryAnswer.UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'neill (x)*\\", "a,b+c=d;e<f>\"g\"", "#größe", "世界", "{user}", "{dn}"})
    void namesMayHaveAnyCharacter(String user) throws Exception {
        String dn = new DN(new RDN("uid", user), DnTemplate.parse("ou=people,dc=example,dc=com")).toString();
        server.addUser(dn, user);
        try (Directory directory = new Directory(server.searching())) {
            assertThat(login(directory, user, TestDirectory.PASSWORD))
                    .isEqualTo(new DirectoryAnswer.Right(user, Set.of()));
            assertThat(login(directory, user, "wrong")).isEqualTo(WRONG_PASSWORD);
        }
    }

    @Test
    void refusesToChooseBetweenTwoEntries() {
        try (Directory directory = new Directory(server.config(TestDirectory.search("(mail={user})"), null))) {
            assertThatThrownBy(() -> login(directory, "twin@example.com", "bobs"))
                    .isInstanceOf(DirectoryException.class)
                    .hasMessage("the filter finds several entries for one user");
            assertThat(server.binds()).isEmpty();
        }
    }

    @Test
    void anUnknownUserCostsABindOfNobody() {
        try (Directory directory = new Directory(server.searching())) {
            assertThat(login(directory, "dave", "wrong")).isEqualTo(DirectoryAnswer.UNKNOWN);
            assertThat(server.binds())
                    .singleElement()
                    .asString()
                    .matches("cn=[0-9a-f]{32},ou=people,dc=example,dc=com");
        }
    }

    @Test
    void bindsDirectlyByATemplate() {
        try (Directory directory = new Directory(server.direct(TestDirectory.groups()))) {
            assertThat(login(directory, "alice", TestDirectory.PASSWORD)).isEqualTo(ALICE);
            assertThat(login(directory, "ALICE", TestDirectory.PASSWORD)).isEqualTo(ALICE);
            assertThat(login(directory, "alice", "wrong")).isEqualTo(WRONG_PASSWORD);
            // The directory does not say which of the two is wrong.
            assertThat(login(directory, "dave", "wrong")).isEqualTo(WRONG_PASSWORD);
        }
        try (Directory directory = new Directory(server.direct(MEMBER_OF))) {
            assertThat(login(directory, "alice", TestDirectory.PASSWORD))
                    .isEqualTo(new DirectoryAnswer.Right("alice", Set.of("ops", "on, call")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alice,ou=people,dc=example,dc=com", "x+uid=alice", "alice\\", "a*", " alice", "älice", "a\"b"})
    void aTemplateTakesOnlyNamesThatAreSpeltInOneWay(String user) {
        try (Directory directory = new Directory(server.direct(null))) {
            assertThat(login(directory, user, TestDirectory.PASSWORD)).isEqualTo(DirectoryAnswer.UNKNOWN);
            assertThat(server.binds()).isEmpty();
        }
    }

    @Test
    void neverBindsWithoutAPassword() {
        try (Directory directory = new Directory(server.searching());
                Directory direct = new Directory(server.direct(null))) {
            assertThatThrownBy(() -> login(directory, "alice", "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> login(direct, "alice", "")).isInstanceOf(IllegalArgumentException.class);
            assertThat(server.binds()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "userAccountControl, 514",
        "userAccountControl, 66050",
        "nsAccountLock, TRUE",
        "pwdAccountLockedTime, 000001010000Z",
        "ds-pwp-account-disabled, true",
        "loginDisabled, TRUE"
    })
    void doesNotLetADisabledUserIn(String attribute, String value) throws Exception {
        server.set("alice", attribute, value);
        try (Directory directory = new Directory(server.searching());
                Directory direct = new Directory(server.direct(null))) {
            DirectoryAnswer disabled = new DirectoryAnswer.Wrong("disabled");
            assertThat(login(directory, "alice", TestDirectory.PASSWORD)).isEqualTo(disabled);
            assertThat(login(direct, "alice", TestDirectory.PASSWORD)).isEqualTo(disabled);
            assertThat(login(directory, "alice", "wrong")).isEqualTo(WRONG_PASSWORD);
            assertThat(directory.look("alice")).contains(disabled);
        }
    }

    @ParameterizedTest
    @CsvSource({"userAccountControl, 512", "nsAccountLock, FALSE", "pwdAccountLockedTime, 20300101000000Z"})
    void letsOthersIn(String attribute, String value) throws Exception {
        server.set("alice", attribute, value);
        try (Directory directory = new Directory(server.searching())) {
            assertThat(login(directory, "alice", TestDirectory.PASSWORD)).isEqualTo(ALICE);
        }
    }

    @Test
    void followsNoReferral() throws Exception {
        try (TestDirectory other = TestDirectory.start();
                Directory directory = new Directory(server.searching())) {
            String[] elsewhere = {"ldap://127.0.0.1:" + other.port() + "/ou=people,dc=example,dc=com"};
            LDAPException referral = new LDAPException(ResultCode.REFERRAL, "there", null, elsewhere);
            server.answerBinds(referral);
            assertThatThrownBy(() -> login(directory, "alice", TestDirectory.PASSWORD))
                    .hasMessage("a referral, which is not followed");
            server.answerBinds(null);
            server.answerSearches(referral);
            assertThatThrownBy(() -> login(directory, "alice", TestDirectory.PASSWORD))
                    .hasMessage("a referral, which is not followed");
            assertThat(other.binds()).isEmpty();
        }
    }

    @Test
    void groupsThatCannotBeReadLetNobodyIn() {
        LdapConfig.Groups nowhere = new LdapConfig.Groups("ou=nowhere,dc=example,dc=com", "(member={dn})", "cn");
        try (Directory directory = new Directory(server.config(TestDirectory.search("(uid={user})"), nowhere))) {
            assertThatThrownBy(() -> login(directory, "alice", TestDirectory.PASSWORD))
                    .hasMessage("result 32 (no such object)");
        }
    }

    @Test
    void saysHowItStandsWithAUserLater() throws Exception {
        try (Directory directory = new Directory(server.searching());
                Directory direct = new Directory(server.direct(null))) {
            assertThat(directory.look("alice")).contains(ALICE);
            server.leaveStaff("alice");
            assertThat(directory.look("alice")).contains(new DirectoryAnswer.Right("alice", Set.of("poets")));
            server.remove("alice");
            assertThat(directory.look("alice")).contains(DirectoryAnswer.UNKNOWN);
            assertThat(direct.look("alice")).isEmpty();
        }
    }

    @Test
    void comesBackWithTheDirectory() throws Exception {
        try (Directory directory = new Directory(server.searching())) {
            assertThat(login(directory, "alice", TestDirectory.PASSWORD)).isEqualTo(ALICE);
            server.restart();
            assertThat(login(directory, "alice", TestDirectory.PASSWORD)).isEqualTo(ALICE);
            server.stop();
            assertThatThrownBy(() -> login(directory, "alice", TestDirectory.PASSWORD))
                    .hasMessage("no connection");
        }
    }

    @Test
    void asksTheNextServerIfOneIsAway() {
        LdapConfig.Server away = new LdapConfig.Server(false, "127.0.0.1", ClosedPort.port());
        LdapConfig config = TestDirectory.config(
                List.of(away, server.plain()),
                false,
                null,
                TestDirectory.search("(uid={user})"),
                TestDirectory.groups());
        try (Directory directory = new Directory(config)) {
            assertThat(login(directory, "alice", TestDirectory.PASSWORD)).isEqualTo(ALICE);
        }
    }

    static DirectoryAnswer login(Directory directory, String user, String password) {
        return directory.login(user, password.getBytes(StandardCharsets.UTF_8));
    }
}
