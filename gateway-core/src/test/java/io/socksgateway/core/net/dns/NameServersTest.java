package io.socksgateway.core.net.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.testkit.LogCapture;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameServersTest {

    private static final InetSocketAddress A = server("192.0.2.1");
    private static final InetSocketAddress B = server("192.0.2.2");

    private final FakeNanos clock = new FakeNanos();
    private final NameServers servers = new NameServers(List.of(A, B), clock);

    private static InetSocketAddress server(String address) {
        return new InetSocketAddress(Addresses.parse(address).orElseThrow(), 53);
    }

    /** Questions about so many names, a second and a half apart. */
    private void silence(InetSocketAddress server, int names) {
        for (int i = 0; i < names; i++) {
            clock.advanceMillis(i == 0 ? 0 : 1_500);
            servers.silent(server, "n" + i + ".example.");
        }
    }

    @Test
    void oneLostDatagramChangesNothing() {
        silence(A, 2);
        assertThat(servers.inOrder()).containsExactly(A, B);
        servers.answered(A);
        silence(A, 2);
        assertThat(servers.inOrder()).containsExactly(A, B);
    }

    @Test
    void aSilentServerIsAskedLastForHalfAMinute() {
        silence(A, 3);
        assertThat(servers.inOrder()).containsExactly(B, A);
        clock.advanceMillis(29_999);
        assertThat(servers.inOrder()).containsExactly(B, A);
        clock.advanceMillis(1);
        assertThat(servers.inOrder()).containsExactly(A, B);
    }

    @Test
    void itHasOneChanceThen() {
        silence(A, 3);
        clock.advanceMillis(30_000);
        silence(A, 1); // that was asked before
        assertThat(servers.inOrder()).containsExactly(A, B);
        clock.advanceMillis(2_000);
        silence(A, 1);
        assertThat(servers.inOrder()).containsExactly(B, A);
    }

    /** Asked last, it is asked for names only that nobody answers for. */
    @Test
    void namesThatNobodyAnswersForDoNotKeepItFromItsChance() {
        silence(A, 3);
        for (int i = 0; i < 300; i++) {
            servers.silent(A, "n" + i + ".dead.example.");
            clock.advanceMillis(100);
        }
        assertThat(servers.inOrder()).containsExactly(A, B);
        servers.answered(A);
        silence(A, 2);
        assertThat(servers.inOrder()).containsExactly(A, B);
    }

    @Test
    void anAnswerBringsItBack() {
        silence(A, 5);
        servers.answered(A);
        assertThat(servers.inOrder()).containsExactly(A, B);
    }

    @Test
    void aNameThatNobodyAnswersForIsNoReasonHoweverOftenItIsAskedFor() {
        for (int i = 0; i < 100; i++) {
            servers.silent(A, "dead.example.");
            clock.advanceMillis(1_000);
        }
        assertThat(servers.inOrder()).containsExactly(A, B);
    }

    @Test
    void norAreSuchNamesIfItAnswersForOthers() {
        for (int i = 0; i < 100; i++) {
            servers.silent(A, "n" + i + ".dead.example.");
            clock.advanceMillis(1_000);
            if (i % 3 == 2) {
                servers.answered(A);
            }
        }
        assertThat(servers.inOrder()).containsExactly(A, B);
    }

    @Test
    void norAreManyAtOneMoment() {
        for (int i = 0; i < 100; i++) {
            servers.silent(A, "n" + i + ".dead.example.");
        }
        assertThat(servers.inOrder()).containsExactly(A, B);
        clock.advanceMillis(3_000);
        servers.silent(A, "dead.example.");
        assertThat(servers.inOrder()).containsExactly(B, A);
    }

    @Test
    void ifAllAreSilentTheOrderIsTheConfigured() {
        silence(B, 3);
        silence(A, 3);
        assertThat(servers.inOrder()).containsExactly(A, B);
    }

    @Test
    void eachThatFallsSilentIsNamedAndEachThatAnswersAgain() {
        try (LogCapture log = LogCapture.open()) {
            silence(A, 3);
            silence(B, 3);
            servers.answered(A);
            servers.answered(B);
            assertThat(log.all())
                    .filteredOn(line -> line.contains("name server"))
                    .containsExactly(
                            "WARN name server 192.0.2.1:53 does not answer",
                            "WARN name server 192.0.2.2:53 does not answer",
                            "INFO name server 192.0.2.1:53 answers again",
                            "INFO name server 192.0.2.2:53 answers again");
        }
    }
}
