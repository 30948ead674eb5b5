package io.socksgateway.core.rules;

import io.socksgateway.core.address.Endpoint;
import io.socksgateway.core.address.Host;
import io.socksgateway.core.address.HostNames;
import io.socksgateway.core.address.InternalAddresses;
import io.socksgateway.core.wire.Command;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The access rules in order: the first that matches decides. Without any rule all is allowed; with rules, what matches
 * none is denied.
 *
 * <p>An internal address ({@link InternalAddresses}, or one of the gateway's own listeners) matches an allowing rule only
 * if the rule's {@code to} names it, so it is refused by default, whatever name led to it.
 *
 * <p>Asked twice: about the name before it is resolved, so that a name which no address could save costs no lookup and
 * tells nobody anything; then about each address, which is the one that is dialled.
 *
 * <p>Immutable, thread-safe.
 */
public final class RuleSet {

    /** The peer of a BIND that is not stated: only {@code *} matches it. */
    private static final String UNKNOWN = "";

    private final List<Rule> rules;
    private final Map<String, Verdict> allows = new HashMap<>();
    private final Map<String, Verdict> denials = new HashMap<>();
    private final BiPredicate<InetAddress, Integer> ownListener;

    /**
     * @param ownListener whether an address and port lead to the gateway itself
     */
    public RuleSet(List<Rule> rules, BiPredicate<InetAddress, Integer> ownListener) {
        this.rules = List.copyOf(rules);
        this.ownListener = ownListener;
        for (Rule rule : rules) {
            (rule.allow() ? allows : denials)
                    .put(
                            rule.id(),
                            new Verdict(rule.allow() ? Verdict.Outcome.ALLOW : Verdict.Outcome.DENY, rule.id()));
        }
    }

    /** What can be said of a destination before it is resolved. */
    public Verdict decide(Subject subject, Endpoint destination) {
        if (!(destination.host() instanceof Host.Address address)) {
            return decideName(subject, HostNames.canonical(destination.host().toString()), destination.port());
        }
        return subject.command() == Command.BIND && address.value().isAnyLocalAddress()
                ? decideName(subject, UNKNOWN, destination.port())
                : decide(subject, null, address.value(), destination.port());
    }

    /**
     * What can be said before any destination is known, as for UDP ASSOCIATE, whose datagrams each have their own: a
     * refusal if no rule could ever allow one.
     */
    public Verdict decideAnywhere(Subject subject) {
        if (rules.isEmpty()) {
            return Verdict.DEPENDS;
        }
        for (Rule rule : rules) {
            if (rule.concerns(subject)) {
                if (rule.allow()) {
                    return Verdict.DEPENDS;
                }
                if (rule.ports().isEmpty() && rule.to().matchesAny()) {
                    return verdict(rule);
                }
            }
        }
        return Verdict.UNMATCHED;
    }

    /** A refusal if each rule that matches, or could match some address, up to the first that certainly does, denies. */
    private Verdict decideName(Subject subject, String name, int port) {
        if (rules.isEmpty()) {
            return Verdict.DEPENDS;
        }
        for (Rule rule : rules) {
            if (!rule.concerns(subject, port)) {
                continue;
            }
            boolean matches = rule.to().matchesName(name);
            if (rule.allow() && (matches || rule.to().dependsOnAddress())) {
                return Verdict.DEPENDS;
            }
            if (matches) {
                return verdict(rule);
            }
        }
        return Verdict.UNMATCHED;
    }

    /**
     * The verdict on an address.
     *
     * @param name the name that led to it, or null if the client gave the address
     */
    public Verdict decide(Subject subject, @Nullable String name, InetAddress address, int port) {
        boolean internal = InternalAddresses.contains(address) || ownListener.test(address, port);
        if (rules.isEmpty()) {
            return internal ? Verdict.INTERNAL : Verdict.NO_RULES;
        }
        String canonical = name == null ? null : HostNames.canonical(name);
        boolean guarded = false;
        for (Rule rule : rules) {
            if (!rule.concerns(subject, port) || !matches(rule.to(), canonical, address, internal)) {
                continue;
            }
            if (!internal || !rule.allow() || rule.to().namesInternal(address)) {
                return verdict(rule);
            }
            guarded = true;
        }
        return guarded ? Verdict.INTERNAL : Verdict.UNMATCHED;
    }

    private static boolean matches(
            Destinations to, @Nullable String canonicalName, InetAddress address, boolean internal) {
        boolean byName = canonicalName == null ? to.matchesAny() : to.matchesName(canonicalName);
        return byName || to.matchesAddress(address, internal);
    }

    private Verdict verdict(Rule rule) {
        Verdict verdict = (rule.allow() ? allows : denials).get(rule.id());
        return verdict == null ? Verdict.UNMATCHED : verdict;
    }
}
