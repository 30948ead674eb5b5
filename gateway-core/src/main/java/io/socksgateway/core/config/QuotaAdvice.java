package io.socksgateway.core.config;

import io.socksgateway.core.quota.QuotaKey;
import io.socksgateway.core.quota.QuotaRule;
import java.util.List;

/** Says what is allowed in {@code quotas} but hardly meant. */
final class QuotaAdvice {

    private static final String NOBODY = "nobody it concerns gets in: the limit is 0";

    private final GatewayConfig config;
    private final Findings findings;

    private QuotaAdvice(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    static void give(GatewayConfig config, Findings findings) {
        QuotaAdvice advice = new QuotaAdvice(config, findings);
        List<QuotaRule> quotas = config.quotas();
        for (int i = 0; i < quotas.size(); i++) {
            advice.onZero(quotas.get(i), JsonPath.item("quotas", i));
            advice.onGroups(quotas.get(i), JsonPath.item("quotas", i));
        }
    }

    private void onZero(QuotaRule quota, String path) {
        String hint = "a rule that denies says the same with a rule's name in the log";
        if (quota.sessions().open() == 0) {
            findings.warn(JsonPath.key(path, "sessions"), NOBODY, hint);
        }
        if (quota.sessions().perSecond() == 0) {
            findings.warn(JsonPath.key(path, "sessionsPerSecond"), NOBODY, hint);
        }
        if (quota.traffic() != null && quota.traffic().octets() == 0) {
            findings.warn(JsonPath.key(JsonPath.key(path, "traffic"), "limit"), NOBODY, hint);
        }
    }

    private void onGroups(QuotaRule quota, String path) {
        boolean unknown = config.auth().authenticators().stream().anyMatch(AuthenticatorConfig::checksPasswords);
        boolean grouped =
                config.auth().users().stream().anyMatch(user -> !user.groups().isEmpty());
        if (quota.key() == QuotaKey.GROUP && !unknown && !grouped) {
            findings.warn(JsonPath.key(path, "key"), "counts nobody: no user has a group", "give auth.users groups");
        }
    }
}
