package io.socksgateway.core.config;

import io.socksgateway.core.quota.BackoffRule;

/** Reads {@code auth.backoff}. */
final class BackoffReader {

    private static final Kind<Integer> FAILURES = new WholeNumber(0, BackoffRule.MAX_FAILURES);

    private BackoffReader() {}

    static BackoffRule read(Section section) {
        int failures = section.value("failures", 10, FAILURES);
        long within = section.value("within", "2m", DurationText.POSITIVE);
        long ban = section.value("ban", "1m", DurationText.POSITIVE);
        long maxBan = section.value("maxBan", "15m", DurationText.POSITIVE);
        if (maxBan < ban && section.clean()) {
            section.fail("maxBan", "is shorter than ban", "expected: as long as ban, or longer");
            maxBan = ban;
        }
        return new BackoffRule(failures, within, ban, Math.max(ban, maxBan));
    }
}
