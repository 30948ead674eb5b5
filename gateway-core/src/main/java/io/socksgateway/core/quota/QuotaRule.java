package io.socksgateway.core.quota;

import java.util.List;

/**
 * A limit on each subject of one kind.
 *
 * <p>Immutable.
 *
 * @param sessions the most that a subject may have open at once, 0 or more
 * @param onClaim whether it counts only sessions whose authenticator has claimed it
 */
public record QuotaRule(String name, QuotaKey key, QuotaScope scope, int sessions, boolean onClaim) {

    public QuotaRule {
        if (sessions < 0) {
            throw new IllegalArgumentException("sessions: " + sessions + " (expected: 0 or more)");
        }
    }

    /** Counts every session that it concerns. */
    public QuotaRule(String name, QuotaKey key, QuotaScope scope, int sessions) {
        this(name, key, scope, sessions, false);
    }

    /** The names under which a session of this subject is counted: none, one, or one for each group. */
    public List<String> countersOf(QuotaSubject subject) {
        boolean claimed = name.equals(subject.claimed());
        if (onClaim && !claimed) {
            return List.of();
        }
        if (claimed && key == QuotaKey.GROUP && subject.groups().isEmpty()) {
            return List.of(counter("group", "")); // it is to be counted, and all who are in no group are one
        }
        return switch (key) {
            case USER -> List.of(counter("user", subject.user() == null ? "" : subject.user()));
            case GROUP ->
                subject.groups().stream()
                        .sorted()
                        .map(group -> counter("group", group))
                        .toList();
            case CLIENT -> List.of(counter("client", subject.client()));
            case LISTENER -> List.of(counter("listener", subject.listener()));
        };
    }

    /** The first slash ends the name of the quota, so that no two quotas can share a counter whatever they are called. */
    private String counter(String kind, String subject) {
        return name.replace("%", "%25").replace("/", "%2F") + "/" + kind + "/" + subject;
    }
}
