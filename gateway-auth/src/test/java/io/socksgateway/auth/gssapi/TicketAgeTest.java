package io.socksgateway.auth.gssapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.session.Identity;
import java.time.Instant;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketAgeTest {

    @Test
    void countsFromTheLoginInUtc() {
        assertThat(new TicketAge(3_600_000).expiry("20260203040506Z"))
                .isEqualTo(Instant.parse("2026-02-03T05:05:06Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "20260203040506", "2026-02-03T04:05:06Z", "20261303040506Z"})
    void whatIsNoTimeLetsNobodyIn(String time) {
        assertThatThrownBy(() -> new TicketAge(1).expiry(time)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutAMaximumNothingIsAsked() throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        Oid kerberos = new Oid("1.2.840.113554.1.2.2");
        GSSContext begun = manager.createContext(
                manager.createName("socks@localhost", GSSName.NT_HOSTBASED_SERVICE),
                kerberos,
                null,
                GSSContext.DEFAULT_LIFETIME);
        assertThat(new TicketAge(0).expiry(begun)).isEqualTo(Identity.NEVER);
    }
}
