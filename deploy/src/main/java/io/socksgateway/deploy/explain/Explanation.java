package io.socksgateway.deploy.explain;

import io.socksgateway.core.address.Addresses;
import io.socksgateway.core.quota.QuotaRule;
import io.socksgateway.core.rules.Verdict;
import io.socksgateway.core.wire.Command;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a {@link Question}.
 *
 * <p>Immutable.
 *
 * @param entrance whether the client gets as far as to ask
 * @param verdict the first that allows, in the order in which addresses are tried; if none does, what refuses
 * @param addresses the destination's, the first to be tried first; empty if it was refused before it was resolved, or has none
 * @param unresolved why the name has no address, or null
 * @param quotas those that would count the session
 */
public record Explanation(
        Question question,
        Entrance entrance,
        Verdict verdict,
        List<Judged> addresses,
        @Nullable String unresolved,
        List<Counted> quotas) {

    public Explanation {
        addresses = List.copyOf(addresses);
        quotas = List.copyOf(quotas);
    }

    /** An address, and what the rules say about it. */
    public record Judged(InetAddress address, Verdict verdict) {}

    /**
     * A quota that would count the session.
     *
     * @param limits as the configuration has them
     * @param subjects whom it would count the session for; empty text for those who did not log in
     */
    public record Counted(QuotaRule quota, JsonObject limits, List<String> subjects) {}

    /** The same for who comes in by these listeners. */
    Explanation behind(Entrance before) {
        return new Explanation(question, before, verdict, addresses, unresolved, quotas);
    }

    /** Whether the gateway would try to reach the destination, or wait for the peer of a BIND. */
    public boolean allowed() {
        return entrance.isOpen() && !verdict.refused() && unresolved == null;
    }

    /** The reason in one sentence; in another one where that is so. */
    public String why() {
        if (entrance.obstacle() != null) {
            return entrance.obstacle();
        } else if (unresolved != null) {
            return "The rules allow the name, but it has no address: " + unresolved + ".";
        }
        List<String> only = entrance.only();
        return verdict.refused() || only.isEmpty()
                ? decision()
                : decision() + " Only at " + (only.size() == 1 ? "listener " : "listeners ") + String.join(", ", only)
                        + ".";
    }

    private String decision() {
        String rule = verdict.rule();
        return switch (verdict.outcome()) {
            case ALLOW ->
                rule == null ? "There are no rules, so everything is allowed." : "Rule " + rule + " allows it.";
            case DENY -> rule == null ? "No rule matches, so it is denied." : "Rule " + rule + " denies it.";
            case INTERNAL ->
                "The address is internal, and no rule that allows it names it in \"to\", by @internal or by a range.";
            case DEPENDS ->
                question.command() == Command.BIND
                        ? "It waits for a peer, which may be any that the rules allow."
                        : "It opens, and datagrams go wherever the rules allow.";
        };
    }

    /** For the API and {@code --json}. */
    public JsonObject json() {
        JsonObject json = new JsonObject()
                .put("allowed", allowed())
                .put("outcome", word(verdict))
                .put("why", why())
                .put("command", question.command().toString())
                .put("requested", question.destination().toString())
                .put("client", Addresses.format(question.client()))
                .put("groups", new JsonArray(question.groups().stream().sorted().toList()));
        putIfKnown(json, "user", question.user());
        putIfKnown(json, "listener", question.listener().isEmpty() ? null : question.listener());
        putIfKnown(json, "rule", verdict.rule());
        return json.put(
                        "addresses",
                        new JsonArray(addresses.stream().map(Explanation::json).toList()))
                .put(
                        "quotas",
                        new JsonArray(quotas.stream().map(Explanation::json).toList()));
    }

    private static JsonObject json(Judged judged) {
        JsonObject json = new JsonObject()
                .put("address", Addresses.format(judged.address()))
                .put("allowed", judged.verdict().allowed())
                .put("outcome", word(judged.verdict()));
        putIfKnown(json, "rule", judged.verdict().rule());
        return json;
    }

    private static JsonObject json(Counted counted) {
        QuotaRule quota = counted.quota();
        return new JsonObject()
                .put("name", quota.name())
                .put("key", quota.key().name().toLowerCase(Locale.ROOT))
                .put("scope", quota.scope().name().toLowerCase(Locale.ROOT))
                .put("limits", counted.limits())
                .put("subjects", new JsonArray(counted.subjects()));
    }

    private static String word(Verdict verdict) {
        return verdict.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static void putIfKnown(JsonObject json, String key, @Nullable String value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
