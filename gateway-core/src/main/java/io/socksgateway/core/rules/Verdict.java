package io.socksgateway.core.rules;

import org.jspecify.annotations.Nullable;

/**
 * What the rules say.
 *
 * <p>Immutable.
 *
 * @param rule id of the rule that decided; null if none did, because there are none, or none matched
 */
public record Verdict(Outcome outcome, @Nullable String rule) {

    /** The kinds of verdict. */
    public enum Outcome {
        ALLOW,
        DENY,
        /** Refused because the address is internal and no matching rule names it. */
        INTERNAL,
        /** Asked about a name: there are addresses that a rule would allow for it, or could. */
        DEPENDS
    }

    static final Verdict DEPENDS = new Verdict(Outcome.DEPENDS, null);
    static final Verdict UNMATCHED = new Verdict(Outcome.DENY, null);
    static final Verdict INTERNAL = new Verdict(Outcome.INTERNAL, null);
    static final Verdict NO_RULES = new Verdict(Outcome.ALLOW, null);

    public boolean allowed() {
        return outcome == Outcome.ALLOW;
    }

    /** Whether the answer is no, whatever the address. */
    public boolean refused() {
        return outcome == Outcome.DENY || outcome == Outcome.INTERNAL;
    }
}
