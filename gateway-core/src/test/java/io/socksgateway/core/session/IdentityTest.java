package io.socksgateway.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.address.Addresses;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final InetAddress EGRESS = Addresses.parse("192.0.2.10").orElseThrow();

    @Test
    void keepsAllClaimsWhenItLearnsWhereItIsFrom() {
        Identity claimed = new Identity("alice", Set.of("staff"), "gold", EGRESS, 1_000, null);

        assertThat(claimed.from("partner"))
                .isEqualTo(new Identity("alice", Set.of("staff"), "gold", EGRESS, 1_000, "partner"));
    }

    /** Which may be years before it is asked about again. */
    @Test
    void remembersTheNameOfItsLogin() {
        Identity alice = new Identity("alice", Set.of("staff")).loggedInAs("alice@example.com");

        assertThat(alice.from("partner").until(1_000).login()).isEqualTo("alice@example.com");
        assertThat(alice.user()).isEqualTo("alice");
        assertThat(new Identity("alice", Set.of("staff")).loggedInAs("alice"))
                .isEqualTo(new Identity("alice", Set.of("staff")))
                .isNotEqualTo(alice);
        assertThat(Identity.ANONYMOUS.login()).isNull();
    }

    @Test
    void expiresAtItsTimeAndNotBefore() {
        Identity claimed = new Identity("alice", Set.of(), null, null, 1_000, null);

        assertThat(claimed.expired(999)).isFalse();
        assertThat(claimed.expired(1_000)).isTrue();
        assertThat(Identity.ANONYMOUS.expired(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void hasNoTimeBeforeTheEpoch() {
        assertThatThrownBy(() -> new Identity("alice", Set.of(), null, null, -1, null))
                .hasMessage("expiresAt: -1 (expected: 0 or more)");
    }

    @Test
    void doesNotChangeWithTheSetItWasGiven() {
        Set<String> groups = new HashSet<>(Set.of("staff"));
        Identity identity = new Identity("alice", groups);
        groups.clear();

        assertThat(identity.groups()).containsExactly("staff");
    }
}
