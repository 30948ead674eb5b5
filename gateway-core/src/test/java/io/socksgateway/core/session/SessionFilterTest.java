package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Cidr;
import io.socksgateway.testkit.KnownSession;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFilterTest {

    private final LiveSession session =
            KnownSession.of("p-1", new Identity("alice", Set.of("staff")).from("file-a"), "192.0.2.7");

    @ParameterizedTest
    @CsvSource({
        "p-1,,,,,,,    true",
        "p-2,,,,,,,    false",
        ",alice,,,,,,  true",
        ",Alice,,,,,,  false",
        ",alice,file-a,,,,, true",
        ",alice,file-b,,,,, false",
        ",,,192.0.2.7/32,,,, true",
        ",,,192.0.2.0/24,,,, true",
        ",,,192.0.3.0/24,,,, false",
        ",,,,public,,, true",
        ",,,,office,,, false",
        ",,,,,edge-1,, true",
        ",,,,,edge-2,, false",
        ",,,,,,OPEN,   true",
        ",,,,,,OPENING, false",
        ",,,,,,,       true",
        "p-1,alice,file-a,192.0.2.7,public,edge-1,OPEN, true",
        "p-1,alice,file-a,192.0.2.7,public,edge-1,OPENING, false",
    })
    void everyPartThatIsThereMustFit(
            String id,
            String user,
            String source,
            String client,
            String listener,
            String node,
            LiveSession.State state,
            boolean matches) {
        Cidr range = client == null ? null : Cidr.parse(client).orElseThrow();
        SessionFilter filter = new SessionFilter(id, user, source, range, listener, node, state);
        assertThat(filter.matches(session, "edge-1")).isEqualTo(matches);
    }

    @Test
    void aUserIsNotTheClientWithoutAName() {
        LiveSession nobody = KnownSession.of("p-2", null);
        assertThat(SessionFilter.user("alice").matches(nobody, "edge-1")).isFalse();
        assertThat(SessionFilter.user("alice", "file-a").matches(nobody, "edge-1"))
                .isFalse();
        assertThat(SessionFilter.ALL.matches(nobody, "edge-1")).isTrue();
    }

    @Test
    void isPersonalOnlyIfItNamesSomebody() {
        assertThat(SessionFilter.ALL.isPersonal()).isFalse();
        assertThat(new SessionFilter(null, null, "file-a", null, "public", "edge-1", LiveSession.State.OPEN)
                        .isPersonal())
                .isFalse();
        assertThat(SessionFilter.id("p-1").isPersonal()).isTrue();
        assertThat(SessionFilter.user("alice").isPersonal()).isTrue();
        assertThat(SessionFilter.client(Cidr.parse("::/0").orElseThrow()).isPersonal())
                .isTrue();
    }
}
