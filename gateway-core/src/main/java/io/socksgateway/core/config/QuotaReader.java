package io.socksgateway.core.config;

import io.socksgateway.core.quota.Bandwidth;
import io.socksgateway.core.quota.Period;
import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import io.socksgateway.core.quota.SessionLimit;
import io.socksgateway.core.quota.TrafficLimit;
import io.socksgateway.core.quota.TrafficLimit.Counted;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads the items of {@code quotas}. */
final class QuotaReader {

    private static final Choice<QuotaKey> KEY = Choice.lowerCase(QuotaKey.class);
    private static final Choice<QuotaScope> SCOPE = Choice.lowerCase(QuotaScope.class);
    private static final Choice<Period> PERIOD = Choice.lowerCase(Period.class);
    private static final Choice<Counted> COUNTED = Choice.lowerCase(Counted.class);
    private static final Kind<ZoneId> ZONE =
            new Text<>("a time zone such as \"UTC\" or \"Europe/Berlin\"", QuotaReader::zone);
    private static final Kind<Integer> SESSIONS = new WholeNumber(0, Integer.MAX_VALUE);

    private final Uniqueness names;

    QuotaReader(Findings findings) {
        this.names = new Uniqueness(findings, "quota");
    }

    @Nullable
    QuotaRule read(Section section) {
        String given = section.optional("name", NameText.NAME);
        String name = given == null ? "quota-" + section.position() : given;
        names.claim(name, section.path("name"));
        QuotaKey key = section.required("key", KEY);
        QuotaScope scope = section.value("scope", "cluster", SCOPE);
        boolean onClaim = section.value("onClaim", false, Flag.FLAG);
        Integer open = section.optional("sessions", SESSIONS);
        Integer perSecond = section.optional("sessionsPerSecond", SESSIONS);
        TrafficLimit traffic = section.objectIfPresent("traffic", QuotaReader::traffic);
        Bandwidth bandwidth = section.objectIfPresent("bandwidth", QuotaReader::bandwidth);
        if (section.clean() && open == null && perSecond == null && traffic == null && bandwidth == null) {
            section.fail("sessions", "is missing", "expected: it, sessionsPerSecond, traffic or bandwidth");
        }
        if (given == null && traffic != null) {
            section.findings()
                    .warn(
                            section.path("name"),
                            "is missing",
                            "what is used of a traffic is kept under it; without one, a quota put before this takes that over");
        }
        SessionLimit sessions = new SessionLimit(
                open == null ? SessionLimit.UNLIMITED : open, perSecond == null ? SessionLimit.UNLIMITED : perSecond);
        return key == null || !section.clean()
                ? null
                : new QuotaRule(name, key, scope, onClaim, sessions, traffic, bandwidth);
    }

    private static @Nullable TrafficLimit traffic(Section section) {
        Long limit = section.required("limit", SizeText.SIZE);
        Period per = section.required("per", PERIOD);
        Counted counted = section.value("direction", "total", COUNTED);
        ZoneId zone = section.value("zone", "UTC", ZONE);
        return limit == null || per == null ? null : new TrafficLimit(limit, per, counted, zone);
    }

    private static @Nullable ZoneId zone(String text, Cursor at) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            at.fail(
                    Shown.quoted(text),
                    Spelling.hint(text, ZoneId.getAvailableZoneIds(), "expected: " + ZONE.expected()));
            return null;
        }
    }

    private static @Nullable Bandwidth bandwidth(Section section) {
        Long up = section.optional("up", SizeText.RATE);
        Long down = section.optional("down", SizeText.RATE);
        if (up == null && down == null) {
            if (section.clean()) {
                section.fail("down", "is missing", "expected: it, or up");
            }
            return null;
        }
        return new Bandwidth(up == null ? Bandwidth.UNLIMITED : up, down == null ? Bandwidth.UNLIMITED : down);
    }
}
