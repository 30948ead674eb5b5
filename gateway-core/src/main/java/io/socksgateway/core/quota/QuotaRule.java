package io.socksgateway.core.quota;

import io.socksgateway.core.address.Addresses;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Limits on each subject of one kind.
 *
 * <p>Immutable.
 *
 * @param onClaim whether it counts only sessions whose authenticator has claimed it
 * @param sessions limits on its number of sessions
 * @param traffic limit on what it moves, or null
 * @param bandwidth limits on how fast it moves it, or null
 */
public record QuotaRule(
        String name,
        QuotaKey key,
        QuotaScope scope,
        boolean onClaim,
        SessionLimit sessions,
        @Nullable TrafficLimit traffic,
        @Nullable Bandwidth bandwidth) {

    /** Limits the open sessions only, to 0 or more. */
    public QuotaRule(String name, QuotaKey key, QuotaScope scope, int sessions) {
        this(name, key, scope, sessions, false);
    }

    /** Limits the open sessions only, to 0 or more. */
    public QuotaRule(String name, QuotaKey key, QuotaScope scope, int sessions, boolean onClaim) {
        this(name, key, scope, onClaim, SessionLimit.open(sessions), null, null);
    }

    /** Whether sessions have to be counted. */
    public boolean limitsSessions() {
        return !sessions.equals(SessionLimit.NONE);
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

    /** The subject that somebody means: of an address, the client that it belongs to. */
    public String subjectOf(String text) {
        return key == QuotaKey.CLIENT
                ? Addresses.parse(text).map(ClientNetwork::of).orElse(text)
                : text;
    }

    /** The name under which one subject is counted: a user, a group, a client or a listener; see {@link QuotaKey}. */
    public String counterOf(String subject) {
        return counter(key.name().toLowerCase(Locale.ROOT), subject);
    }

    /** What the names of all its counters begin with, and of no others. */
    public String prefix() {
        return counterOf("");
    }

    /**
     * The name under which the traffic of a counter is counted: what was moved in one kind of period, in days of one zone or
     * in one direction says nothing of another.
     */
    public String trafficCounter(String counter) {
        return trafficPrefix() + counter.substring(prefix().length());
    }

    /** What the names of all its traffic's counters begin with, and of no others. */
    public String trafficPrefix() {
        String kind = key.name().toLowerCase(Locale.ROOT);
        return traffic == null ? prefix() : counter(kind + "." + slashless(traffic.period()), "");
    }

    /** The first slash ends the name of the quota, so that no two quotas can share a counter whatever they are called. */
    private String counter(String kind, String subject) {
        return slashless(name) + "/" + kind + "/" + subject;
    }

    private static String slashless(String text) {
        return text.replace("%", "%25").replace("/", "%2F");
    }

    static String slashed(String text) {
        return text.replace("%2F", "/").replace("%25", "%");
    }
}
