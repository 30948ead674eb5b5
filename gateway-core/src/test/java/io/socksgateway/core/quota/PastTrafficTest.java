package io.socksgateway.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.socksgateway.core.quota.TrafficLimit.Counted;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastTrafficTest {

    private static final long NOW = Instant.parse("2026-10-25T09:26:38Z").toEpochMilli();

    private static String counter(String quota, Period per, ZoneId zone, String subject) {
        TrafficLimit limit = new TrafficLimit(1, per, Counted.DOWN, zone);
        QuotaRule rule =
                new QuotaRule(quota, QuotaKey.CLIENT, QuotaScope.CLUSTER, false, SessionLimit.NONE, limit, null);
        return rule.trafficCounter(rule.counterOf(subject));
    }

    @ParameterizedTest
    @EnumSource
    void theNameOfACounterSaysWhenItsPeriodIsOver(Period per) {
        for (String zone : new String[] {"UTC", "Z", "Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC+05:30"}) {
            ZoneId id = ZoneId.of(zone);
            for (String quota : new String[] {"volume", "a/b.hour.total", "100%2F"}) {
                String counter = counter(quota, per, id, "2001:db8::/64");
                assertThat(PastTraffic.end(counter, per.startOf(NOW, id)))
                        .as(counter)
                        .isEqualTo(per.endOf(NOW, id));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "a",
                "volume/user/alice",
                "volume/user.age.total.UTC/alice",
                "a/b.hour.total.Mars/c"
            })
    void whatNoNameSaysIsTheLongestOfPeriods(String counter) {
        assertThat(PastTraffic.end(counter, NOW)).isEqualTo(NOW + Period.LONGEST);
    }

    @Test
    void isPastSomeHoursAfterTheEnd() {
        String counter = counter("volume", Period.HOUR, ZoneOffset.UTC, "192.0.2.1");
        long period = Period.HOUR.startOf(NOW, ZoneOffset.UTC);
        long end = Period.HOUR.endOf(NOW, ZoneOffset.UTC);
        assertThat(PastTraffic.isPast(counter, period, end + PastTraffic.LATE - 1))
                .isFalse();
        assertThat(PastTraffic.isPast(counter, period, end + PastTraffic.LATE)).isTrue();
        assertThat(PastTraffic.isPast(
                        counter("volume", Period.MONTH, ZoneOffset.UTC, "b"), period, end + PastTraffic.LATE))
                .isFalse();
    }
}
