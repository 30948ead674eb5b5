package io.socksgateway.core.config;

import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.quota.QuotaScope;
import org.jspecify.annotations.Nullable;

/** Reads the items of {@code quotas}. */
final class QuotaReader {

    private static final Choice<QuotaKey> KEY = Choice.lowerCase(QuotaKey.class);
    private static final Choice<QuotaScope> SCOPE = Choice.lowerCase(QuotaScope.class);
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
        Integer sessions = section.required("sessions", SESSIONS);
        boolean onClaim = section.value("onClaim", false, Flag.FLAG);
        return key == null || sessions == null ? null : new QuotaRule(name, key, scope, sessions, onClaim);
    }
}
