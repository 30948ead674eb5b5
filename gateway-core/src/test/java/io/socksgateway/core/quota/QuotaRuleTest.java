package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socksgateway.core.quota.TrafficLimit.Counted;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaRuleTest {

    private static final QuotaSubject ALICE =
            new QuotaSubject("alice", Set.of("staff", "admins"), "192.0.2.1", "public");

    private static List<String> counters(String name, QuotaKey key, QuotaSubject subject) {
        return new QuotaRule(name, key, QuotaScope.CLUSTER, 1).countersOf(subject);
    }

    @ParameterizedTest
    @CsvSource({"USER, q/user/alice", "CLIENT, q/client/192.0.2.1", "LISTENER, q/listener/public"})
    void oneCounterForOneSubject(QuotaKey key, String counter) {
        assertThat(counters("q", key, ALICE)).containsExactly(counter);
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT, 2001:db8::7,    2001:db8::/64",
        "CLIENT, 2001:db8::/64,  2001:db8::/64",
        "CLIENT, 192.0.2.7,      192.0.2.7",
        "USER,   2001:db8::7,    2001:db8::7"
    })
    void anAddressMeansTheClientThatItBelongsTo(QuotaKey key, String text, String subject) {
        assertThat(new QuotaRule("q", key, QuotaScope.NODE, 1).subjectOf(text)).isEqualTo(subject);
    }

    @Test
    void oneCounterForEachGroupInAFixedOrder() {
        assertThat(counters("q", QuotaKey.GROUP, ALICE)).containsExactly("q/group/admins", "q/group/staff");
        assertThat(counters("q", QuotaKey.GROUP, new QuotaSubject("bob", Set.of(), "192.0.2.1", "public")))
                .isEmpty();
    }

    @Test
    void allWhoDidNotLogInAreOneSubject() {
        assertThat(counters("q", QuotaKey.USER, new QuotaSubject(null, Set.of(), "192.0.2.1", "public")))
                .isEqualTo(counters("q", QuotaKey.USER, new QuotaSubject(null, Set.of(), "192.0.2.2", "lab")));
    }

    @Test
    void noTwoQuotasShareACounterWhateverTheirNames() {
        QuotaSubject nested = new QuotaSubject("b/user/c", Set.of(), "192.0.2.1", "public");
        QuotaSubject plain = new QuotaSubject("c", Set.of(), "192.0.2.1", "public");
        assertThat(counters("a", QuotaKey.USER, nested)).isNotEqualTo(counters("a/user/b", QuotaKey.USER, plain));
        assertThat(counters("a%2Fb", QuotaKey.USER, plain)).isNotEqualTo(counters("a/b", QuotaKey.USER, plain));
    }

    @Test
    void trafficOfAnotherPeriodZoneOrDirectionIsAnotherCounter() {
        List<TrafficLimit> limits = List.of(
                new TrafficLimit(1, Period.MONTH, Counted.TOTAL, ZoneOffset.UTC),
                new TrafficLimit(1, Period.DAY, Counted.TOTAL, ZoneOffset.UTC),
                new TrafficLimit(1, Period.MONTH, Counted.UP, ZoneOffset.UTC),
                new TrafficLimit(1, Period.MONTH, Counted.TOTAL, ZoneId.of("Europe/Berlin")));
        assertThat(limits.stream().map(limit -> trafficCounter(limit, "a/b")))
                .containsExactly(
                        "q/user.month.total.Z/a/b",
                        "q/user.day.total.Z/a/b",
                        "q/user.month.up.Z/a/b",
                        "q/user.month.total.Europe%2FBerlin/a/b");
        assertThat(trafficCounter(new TrafficLimit(2, Period.MONTH, Counted.TOTAL, ZoneOffset.UTC), "a/b"))
                .as("another limit")
                .isEqualTo("q/user.month.total.Z/a/b");
    }

    private static String trafficCounter(TrafficLimit limit, String user) {
        QuotaRule rule = new QuotaRule("q", QuotaKey.USER, QuotaScope.NODE, false, SessionLimit.NONE, limit, null);
        return rule.trafficCounter(rule.counterOf(user));
    }

    @Test
    void aLimitIsNotNegative() {
        assertThatThrownBy(() -> new QuotaRule("q", QuotaKey.USER, QuotaScope.NODE, -1))
                .hasMessage("sessions: -1 (expected: 0 or more)");
    }

    @Test
    void countsOnlyWhatIsClaimedIfItIsForClaims() {
        QuotaRule gold = new QuotaRule("gold", QuotaKey.USER, QuotaScope.NODE, 1, true);

        assertThat(gold.countersOf(subject("gold", "staff"))).containsExactly("gold/user/alice");
        assertThat(gold.countersOf(subject("silver", "staff"))).isEmpty();
        assertThat(gold.countersOf(subject(null, "staff"))).isEmpty();
    }

    @Test
    void countsWhatIsClaimedEvenIfItWouldNotConcernIt() {
        QuotaRule gold = new QuotaRule("gold", QuotaKey.GROUP, QuotaScope.NODE, 1);

        assertThat(gold.countersOf(subject("gold"))).containsExactly("gold/group/");
        assertThat(gold.countersOf(subject(null))).isEmpty();
        assertThat(gold.countersOf(subject("gold", "staff", "ops")))
                .containsExactly("gold/group/ops", "gold/group/staff");
    }

    private static QuotaSubject subject(@Nullable String claimed, String... groups) {
        return new QuotaSubject("alice", Set.of(groups), "192.0.2.7", "public", claimed);
    }
}
