package io.socksgateway.auth.gssapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.config.GssapiConfig;
import io.socksgateway.core.session.Identity;
import io.socksgateway.core.wire.Protection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is taken for somebody else. */
class ClientNamesTest {

    private static final String NOBODY = "(nobody)";

    private static ClientNames names(Set<String> realms, GssapiConfig.User... users) {
        return new ClientNames(new GssapiConfig(
                "krb",
                Path.of("x.keytab"),
                List.of("rcmd/a.example@EXAMPLE", "rcmd/b.example@OTHER"),
                List.of(Protection.INTEGRITY),
                false,
                realms,
                List.of(users),
                Set.of("kerberos"),
                0));
    }

    private static String name(ClientNames names, String principal) {
        return Optional.ofNullable(names.identify(principal))
                .map(Identity::user)
                .orElse(NOBODY);
    }

    @ParameterizedTest
    @CsvSource({
        "alice@EXAMPLE, alice",
        "alice/admin@EXAMPLE, alice/admin",
        "host/web.example@EXAMPLE, host/web.example",
        "alice@PARTNER, alice@PARTNER",
        "Alice@EXAMPLE, Alice"
    })
    void oursLoseTheirRealmAndOthersKeepIt(String principal, String name) {
        assertThat(name(names(Set.of("EXAMPLE", "PARTNER")), principal)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@PARTNER",
                "alice@example",
                "alice@SUB.EXAMPLE",
                "alice@EXAMPLE@PARTNER",
                "alice",
                "@EXAMPLE",
                "/admin@EXAMPLE",
                "alice\\@PARTNER@EXAMPLE",
                "alice@PARTNER@EXAMPLE",
                "WELLKNOWN/ANONYMOUS@EXAMPLE",
                "WELLKNOWN@EXAMPLE",
                "WELLKNOWN/ANONYMOUS@WELLKNOWN:ANONYMOUS",
                "al\u0007ice@EXAMPLE",
                " @EXAMPLE",
                ""
            })
    void whoIsNoneOfOursMayNotComeIn(String principal) {
        assertThat(name(names(Set.of("EXAMPLE")), principal)).isEqualTo(NOBODY);
    }

    @Test
    void aNameThatNoUserCanHaveIsNone() {
        assertThat(name(names(Set.of("EXAMPLE")), "a".repeat(255) + "@EXAMPLE")).hasSize(255);
        assertThat(name(names(Set.of("EXAMPLE")), "a".repeat(256) + "@EXAMPLE")).isEqualTo(NOBODY);
        assertThat(name(names(Set.of("PARTNER")), "a".repeat(250) + "@PARTNER")).isEqualTo(NOBODY);
    }

    @Test
    void whoIsListedMayComeInFromAnyRealm() {
        ClientNames names = names(
                Set.of(),
                new GssapiConfig.User("alice@PARTNER", "partner-alice", Set.of("partners")),
                new GssapiConfig.User("bob@PARTNER", null, Set.of()),
                new GssapiConfig.User("carol@EXAMPLE", null, Set.of("staff")));
        assertThat(names.identify("alice@PARTNER"))
                .isEqualTo(new Identity("partner-alice", Set.of("kerberos", "partners")).from("krb"));
        assertThat(name(names, "bob@PARTNER")).isEqualTo("bob@PARTNER");
        assertThat(names.identify("carol@EXAMPLE"))
                .isEqualTo(new Identity("carol", Set.of("kerberos", "staff")).from("krb"));
        assertThat(name(names, "dave@EXAMPLE")).isEqualTo(NOBODY);
        assertThat(name(names, "carol@PARTNER")).isEqualTo(NOBODY);
    }

    @Test
    void groupsAreThoseOfThePrincipalAndNotOfANamesake() {
        ClientNames names = names(
                Set.of("EXAMPLE"),
                new GssapiConfig.User("alice@PARTNER", "alice", Set.of("partners")),
                new GssapiConfig.User("alice@EXAMPLE", null, Set.of("staff")));
        assertThat(names.identify("alice@EXAMPLE"))
                .isEqualTo(new Identity("alice", Set.of("kerberos", "staff")).from("krb"));
        assertThat(names.identify("alice@PARTNER"))
                .isEqualTo(new Identity("alice", Set.of("kerberos", "partners")).from("krb"));
        assertThat(names.groupsOf("alice")).containsExactlyInAnyOrder("kerberos", "partners", "staff");
        assertThat(names.groupsOf("bob")).containsExactly("kerberos");
    }
}
